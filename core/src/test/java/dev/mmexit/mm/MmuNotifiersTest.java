package dev.mmexit.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.support.World;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** mm/mmu_notifier.c: registering, the walk at the end, unregistering, and freeing behind it. */
class MmuNotifiersTest {
  private final World world = new World();
  private final MmuNotifiers notifiers = world.mm().mmuNotifiers;
  private final Task p0 = world.process("P0", 100);
  private final MmStruct mm = p0.mm.now();
  private Consumer<MmuNotifier> onRelease = mn -> {};

  /** A notifier that tells of its calls. */
  private final class Notifier extends MmuNotifier {
    Notifier(String name) {
      super(world.engine(), "notifier", "mn");
      nameIt(name);
      ops.set(new Ops(world.engine()));
    }
  }

  private final class Ops implements MmuNotifierOps {
    private final Engine engine;

    Ops(Engine engine) {
      this.engine = engine;
    }

    @Override
    public void release(MmuNotifier mn, MmStruct ignored) {
      engine.run("release " + mn.name(), () -> onRelease.accept(mn));
    }

    @Override
    public void invalidateRange(MmuNotifier mn, MmStruct ignored) {
      engine.run("invalidate_range " + mn.name(), () -> {});
    }

    @Override
    public long canonicalHash() {
      return 1;
    }
  }

  private Notifier registered(String name) {
    Notifier notifier = new Notifier(name);
    assertThat(notifiers.mmuNotifierRegister(notifier, mm)).isZero();
    return notifier;
  }

  @Test
  void firstOneInstallsTheHead() {
    Notifier a = new Notifier("A");
    world.watch("mmu_notifier_mm");

    assertThat(world.record(() -> notifiers.mmuNotifierRegister(a, mm)))
        .returned(0)
        .follows(
            """
            mmu_notifier_register
              kzalloc mmu_notifier_mm
              down_write mm->mmap_sem
              mm_take_all_locks
                mutex_lock mm_all_locks_mutex
              mm->mmu_notifier_mm = mmu_notifier_mm P0
              mmgrab
                inc mm->mm_count
              spin_lock mmu_notifier_mm->lock
              hlist_add_head_rcu notifier A
              spin_unlock mmu_notifier_mm->lock
              mm_drop_all_locks
                mutex_unlock mm_all_locks_mutex
              up_write mm->mmap_sem
            """);
  }

  @Test
  void laterOnesFreeTheHeadTheyDoNotNeed() {
    registered("A");
    Notifier b = new Notifier("B");

    assertThat(world.record(() -> notifiers.mmuNotifierRegister(b, mm)))
        .returned(0)
        .follows(
            """
            mmu_notifier_register
              kzalloc mmu_notifier_mm
              down_write mm->mmap_sem
              mm_take_all_locks
                mutex_lock mm_all_locks_mutex
              mmgrab
                inc mm->mm_count
              spin_lock mmu_notifier_mm->lock
              hlist_add_head_rcu notifier B
              spin_unlock mmu_notifier_mm->lock
              mm_drop_all_locks
                mutex_unlock mm_all_locks_mutex
              up_write mm->mmap_sem
              kfree mmu_notifier_mm P0
            """);
    assertThat(mm.mmuNotifierMm.now().list.now())
        .extracting(MmuNotifier::name)
        .containsExactly("B", "A");
  }

  @Test
  void needsAUserOfTheAddressSpace() {
    mm.mmUsers.decAndTest();

    assertThatThrownBy(() -> notifiers.mmuNotifierRegister(new Notifier("A"), mm))
        .isInstanceOf(KernelBug.class)
        .hasMessageContaining("BUG_ON");
  }

  @Test
  void endOfAnAddressSpaceReleasesEachThenUnlinksWhatIsLeft() {
    registered("A");
    registered("B");

    assertThat(world.record(() -> world.mm().mmap.exitMmap(mm)))
        .follows(
            """
            exit_mmap
              mmu_notifier_release
                __mmu_notifier_release
                  srcu_read_lock mmu_notifier srcu
                  release B
                  release A
                  spin_lock mmu_notifier_mm->lock
                  hlist_del_init_rcu notifier B
                  hlist_del_init_rcu notifier A
                  spin_unlock mmu_notifier_mm->lock
                  srcu_read_unlock mmu_notifier srcu
                  synchronize_srcu mmu_notifier srcu
              free the page tables
            """);
  }

  @Test
  void walksAHeadThatHasBecomeEmpty() {
    Notifier a = registered("A");
    notifiers.mmuNotifierUnregisterNoRelease(a, mm);

    assertThat(world.record(() -> notifiers.mmuNotifierRelease(mm)))
        .follows(
            """
            mmu_notifier_release
              __mmu_notifier_release
                srcu_read_lock mmu_notifier srcu
                spin_lock mmu_notifier_mm->lock
                spin_unlock mmu_notifier_mm->lock
                srcu_read_unlock mmu_notifier srcu
                synchronize_srcu mmu_notifier srcu
            """);
  }

  @Test
  void stillVisitsWhatFollowsANotifierThatUnlinksItself() {
    registered("A");
    registered("B");
    onRelease =
        mn -> {
          if (mn.name().equals("B")) {
            notifiers.mmuNotifierUnregisterNoRelease(mn, mm);
          }
        };

    assertThat(world.record(() -> notifiers.__mmuNotifierRelease(mm)))
        .follows(
            """
            __mmu_notifier_release
              srcu_read_lock mmu_notifier srcu
              release B
                mmu_notifier_unregister_no_release
                  spin_lock mmu_notifier_mm->lock
                  hlist_del_init_rcu notifier B
                  spin_unlock mmu_notifier_mm->lock
                  mmdrop
                    dec mm->mm_count
              release A
              spin_lock mmu_notifier_mm->lock
              hlist_del_init_rcu notifier A
              spin_unlock mmu_notifier_mm->lock
              srcu_read_unlock mmu_notifier srcu
              synchronize_srcu mmu_notifier srcu
            """);
  }

  @Test
  void mayBeUnregisteredOnceItIsUnlinked() {
    Notifier a = registered("A");
    notifiers.__mmuNotifierRelease(mm);

    assertThat(world.record(() -> notifiers.mmuNotifierUnregisterNoRelease(a, mm)))
        .follows(
            """
            mmu_notifier_unregister_no_release
              spin_lock mmu_notifier_mm->lock
              spin_unlock mmu_notifier_mm->lock
              mmdrop
                dec mm->mm_count
            """);
  }

  @Test
  void endWaitsForReadersOfOtherAddressSpaces() {
    registered("A");
    world.mm().globals.srcu.readLock();
    World.Waiter exiting = world.waiter("T1", p0, () -> notifiers.__mmuNotifierRelease(mm));
    world.mm().globals.srcu.readUnlock();

    assertThat(world.record(exiting::finish))
        .follows(
            """
            [T1]
              synchronize_srcu mmu_notifier srcu
            """);
  }

  @Test
  void callbackWaitsForReadersThatBeganBefore() {
    Notifier a = registered("A");
    world.mm().globals.srcu.readLock();

    assertThat(world.record(() -> notifiers.mmuNotifierCallSrcu("free", a::kfree)))
        .follows(
            """
            mmu_notifier_call_srcu
              call_srcu free
            """);
    assertThatThrownBy(world::drain).hasMessageContaining("waits for the read sections");
    assertThat(a.isAlive()).isTrue();
  }

  @Test
  void invalidationsReachEachInAReadSection() {
    registered("A");
    registered("B");

    assertThat(world.record(() -> world.mm().mmap.vmMunmap(mm)))
        .returned(0)
        .follows(
            """
            vm_munmap
              down_write mm->mmap_sem
              __mmu_notifier_invalidate_range
                srcu_read_lock mmu_notifier srcu
                invalidate_range B
                invalidate_range A
                srcu_read_unlock mmu_notifier srcu
              up_write mm->mmap_sem
            """);
  }

  @Test
  void headGoesWithTheStruct() {
    Notifier a = registered("A");
    notifiers.mmuNotifierUnregisterNoRelease(a, mm);

    assertThat(world.record(() -> world.mm().fork.mmdrop(mm)))
        .follows(
            """
            mmdrop
              dec mm->mm_count: it is zero now
              __mmdrop
                kfree mmu_notifier_mm P0
                kfree mm_struct P0
            """);
  }
}
