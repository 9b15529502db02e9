/* A process exits while a second group is attached, which is bound to it by the replay. */
#define NP 1
#define ND 2

#include "kernel.inc"

/* No other process is ever in a read section. */
inline synchronize_srcu(p) {
  skip
}

/* exit P0 */
proctype T0() {
  byte d, b, i;
  bool last;
  { do_exit(0, last, d, b, i); ended++ } unless { over }
}

/* __mmput in the worker of mmput_async */
proctype Worker() {
  byte d, b, i;
  { last_mmput(0, d, b, i); ended++ } unless { over }
}

/* vfio_iommu_bind_group of the group of D1 */
inline bind_group(found) {
  /* vfio_iommu_sva_init, iommu_sva_device_init */
  lock(G[1]);
  param[1] = true;
  unlock(G[1]);
  /* vfio_iommu_sva_bind_dev, __iommu_sva_bind_device */
  lock(G[1]);
  lock(S);
  if
  :: kref[0] > 0 -> kref[0]++; found = true
  :: else -> found = false
  fi;
  unlock(S);
  if
  :: !found -> bug(NOT_MODELLED) /* io_mm_alloc: who has the mm has its io_mm */
  :: else
  fi;
  /* io_mm_attach */
  lock(S);
  on[BOND(1, 0)] = true;
  refs[BOND(1, 0)] = 1;
  reaches[0] = true;
  unlock(S);
  unlock(G[1])
}

/* attach C0 G1 */
proctype T1() {
  bool found, last;
  {
    lock(L);
    /* iommu_attach_group: a new domain */
    lock(G[1]);
    unlock(G[1]);
    /* vfio_iommu_try_attach_group: from there to the domain of D0 */
    lock(G[1]);
    unlock(G[1]);
    lock(G[1]);
    unlock(G[1]);
    /* vfio_iommu_replay_bind */
    if
    :: listed[0] ->
       atomic { found = users[0] > 0; users[0] = users[0] + found }
       if
       :: found ->
          bind_group(found);
          /* mmput_async */
          atomic {
            users[0]--;
            last = (users[0] == 0);
            if
            :: last -> run Worker()
            :: else -> ended++
            fi
          }
       :: else -> ended++
       fi
    :: else -> ended++
    fi;
    unlock(L);
    ended++
  } unless { over }
}

init {
  byte i;
  atomic { boot(i); run T0(); run T1() }
  { at_rest(3, i) } unless { over }
}
