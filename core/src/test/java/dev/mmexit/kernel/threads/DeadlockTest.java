package dev.mmexit.kernel.threads;

import static dev.mmexit.kernel.Worlds.await;
import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.meet;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Thing;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlockTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing iommu = new Thing(engine, "iommu");
  private final Thing group = new Thing(engine, "group");
  private final Thing sva = new Thing(engine, "sva");
  private final Thing bond = new Thing(engine, "bond");
  private final CountDownLatch both = new CountDownLatch(2);

  private static void deadlock(RunResult result, String sentence) {
    KernelBug bug = bug(result);
    assertThat(bug.sentence()).isEqualTo(sentence);
    assertThat(bug.kind()).isEqualTo(FindingKind.DEADLOCK);
  }

  @Test
  void twoLocksInOppositeOrders() {
    RunResult result =
        engine.runAll(
            () ->
                engine.run(
                    "attach",
                    () -> {
                      iommu.mutex.lock();
                      meet(both);
                      group.mutex.lock();
                    }),
            () ->
                engine.run(
                    "detach",
                    () -> {
                      group.mutex.lock();
                      meet(both);
                      engine.run("mm_exit", iommu.mutex::lock);
                    }));

    deadlock(
        result,
        "T0 holds iommu->lock and waits for group->lock;"
            + " T1 holds group->lock and waits for iommu->lock");
    assertThat(result.stacks())
        .containsEntry("T0", List.of("attach"))
        .containsEntry("T1", List.of("detach", "mm_exit"));
  }

  @Test
  void spinlocksInOppositeOrders() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.spin.lock();
              meet(both);
              group.spin.lock();
            },
            () -> {
              group.spin.lock();
              meet(both);
              iommu.spin.lock();
            }),
        "T0 holds iommu->spin and waits for group->spin;"
            + " T1 holds group->spin and waits for iommu->spin");
  }

  @Test
  void threeLocksInACircle() {
    CountDownLatch three = new CountDownLatch(3);

    deadlock(
        engine.runAll(
            () -> {
              iommu.mutex.lock();
              meet(three);
              group.mutex.lock();
            },
            () -> {
              group.mutex.lock();
              meet(three);
              sva.mutex.lock();
            },
            () -> {
              sva.mutex.lock();
              meet(three);
              iommu.mutex.lock();
            }),
        "T0 holds iommu->lock and waits for group->lock;"
            + " T1 holds group->lock and waits for sva->lock;"
            + " T2 holds sva->lock and waits for iommu->lock");
  }

  @Test
  void waitForSomeoneWhoWaitsForTheLockHeld() {
    deadlock(
        engine.runAll(
            () ->
                engine.run(
                    "iommu_notifier_release",
                    () -> {
                      sva.spin.lock();
                      bond.flag.set(true);
                      sva.spin.unlock();
                      meet(both);
                      iommu.mutex.lock();
                    }),
            () ->
                engine.run(
                    "vfio_iommu_type1_detach_group",
                    () -> {
                      iommu.mutex.lock();
                      meet(both);
                      sva.spin.lock();
                      bond.queue.waitEventLockIrq(bond.flag, sva.spin, "mm_exit of bond D0-P0");
                    })),
        "T1 holds iommu->lock and waits for mm_exit of bond D0-P0, which T0 would end;"
            + " T0 waits for iommu->lock");
  }

  @Test
  void waitForOneself() {
    deadlock(
        engine.runAll(
            () -> {
              bond.flag.set(true);
              bond.queue.waitEvent(() -> !bond.flag.get(), bond.flag, "mm_exit of bond D0-P0");
            }),
        "T0 waits for mm_exit of bond D0-P0, which it would end");
  }

  @Test
  void gracePeriodInsideOfAReadSection() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.srcu.readLock();
              iommu.srcu.synchronize();
            }),
        "T0 is in a read section of srcu and waits for the read sections of srcu");
  }

  @Test
  void gracePeriodUnderAMutexThatAReaderWaitsFor() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.srcu.readLock();
              meet(both);
              iommu.mutex.lock();
            },
            () -> {
              iommu.mutex.lock();
              meet(both);
              iommu.srcu.synchronize();
            }),
        "T0 is in a read section of srcu and waits for iommu->lock;"
            + " T1 holds iommu->lock and waits for the read sections of srcu");
  }

  @Test
  void callbackThatCanNeverStart() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.srcu.readLock();
              iommu.srcu.call("io_mm_free", () -> {});
            }),
        "srcu/0 waits for the read sections of srcu; T0 is in a read section of srcu and has"
            + " ended");
  }

  @Test
  void flushOfWorkThatNeedsTheLockHeld() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.mutex.lock();
              iommu.works.queueWork("iopf", iommu.mutex::lock);
              untilBlocked(engine, "kworker/0");
              iommu.works.flush();
            }),
        "T0 holds iommu->lock and waits for the work on works, which kworker/0 would end;"
            + " kworker/0 waits for iommu->lock");
  }

  @Test
  void flushFromTheWorkItself() {
    deadlock(
        engine.runAll(() -> iommu.works.queueWork("iopf", iommu.works::flush)),
        "kworker/0 waits for the work on works, which it would end");
  }

  @Test
  void readerBehindAQueuedWriterBehindAReader() {
    CountDownLatch three = new CountDownLatch(3);

    deadlock(
        engine.runAll(
            () -> {
              iommu.sem.downRead();
              meet(three);
              untilBlocked(engine, "T1", "T2");
              group.mutex.lock();
            },
            () -> {
              meet(three);
              iommu.sem.downWrite();
            },
            () -> {
              group.mutex.lock();
              meet(three);
              untilBlocked(engine, "T1");
              iommu.sem.downRead();
            }),
        "T0 holds iommu->sem and waits for group->lock; T2 holds group->lock and waits for"
            + " iommu->sem");
  }

  @Test
  void lostWakeUp() {
    deadlock(
        engine.runAll(
            () -> {
              sva.spin.lock();
              bond.flag.set(true);
              sva.spin.unlock();
              meet(both);
              untilBlocked(engine, "T1");
              sva.spin.lock();
              bond.flag.set(false);
              sva.spin.unlock();
            },
            () -> {
              meet(both);
              sva.spin.lock();
              bond.queue.waitEventLockIrq(bond.flag, sva.spin, "mm_exit of bond D0-P0");
            }),
        "T1 waits for mm_exit of bond D0-P0, which T0 would end; T0 has ended");
  }

  @Test
  void waitThatNobodyIsKnownToEnd() {
    deadlock(
        engine.runAll(
            () -> bond.queue.waitEvent(() -> bond.number.get() == 1, bond.flag, "a number")),
        "T0 waits for a number, which nobody would end");
  }

  @Test
  void lockThatWasNeverReleased() {
    deadlock(
        engine.runAll(
            () -> {
              iommu.mutex.lock();
              both.countDown();
              both.countDown();
            },
            () -> {
              await(both);
              iommu.mutex.lock();
            }),
        "T1 waits for iommu->lock; T0 holds iommu->lock and has ended");
  }
}
