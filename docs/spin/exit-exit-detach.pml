/* Two processes exit while their only group is detached. */
#define NP 2
#define ND 1

#include "kernel.inc"

/* Waits for the other process where that is in a read section now. */
inline synchronize_srcu(p) {
  if
  :: reading[1 - p] -> !reading[1 - p]
  :: else
  fi
}

/* exit P0, exit P1 */
proctype Exit(byte p) {
  byte d, b, i;
  bool last;
  { do_exit(p, last, d, b, i); ended++ } unless { over }
}

/* detach C0 G0 */
proctype T2() {
  byte b, next, i;
  bool last;
  { detach_group(0, b, next, last, i); ended++ } unless { over }
}

init {
  byte i;
  atomic { boot(i); run Exit(0); run Exit(1); run T2() }
  { at_rest(3, i) } unless { over }
}
