package dev.mmexit.kernel.threads;

import static dev.mmexit.kernel.Worlds.await;
import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static dev.mmexit.kernel.Worlds.meet;
import static dev.mmexit.kernel.Worlds.untilBlocked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That every deadlock is seen, that nothing else is, and that all are released. */
@Timeout(60)
class ExactnessTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing iommu = new Thing(engine, "iommu");
  private final Thing group = new Thing(engine, "group");
  private final CountDownLatch both = new CountDownLatch(2);

  private static void deadlock(RunResult result, String sentence) {
    KernelBug bug = bug(result);
    assertThat(bug.sentence()).isEqualTo(sentence);
    assertThat(bug.kind()).isEqualTo(FindingKind.DEADLOCK);
  }

  @Test
  void bystandersAreReleasedToo() {
    CountDownLatch held = new CountDownLatch(1);

    Runnable bystander =
        () -> {
          await(held);
          engine.run("bystander", iommu.mutex::lock);
        };

    RunResult result =
        engine.runAll(
            () -> {
              iommu.mutex.lock();
              held.countDown();
              untilBlocked(engine, "T2", "T3");
              meet(both);
              group.mutex.lock();
            },
            () -> {
              group.mutex.lock();
              meet(both);
              iommu.mutex.lock();
            },
            bystander,
            bystander);

    deadlock(
        result,
        "T0 holds iommu->lock and waits for group->lock;"
            + " T1 holds group->lock and waits for iommu->lock");
    assertThat(result.stacks()).containsKeys("T2", "T3");
    assertThat(engine.contexts()).extracting("name").containsExactly("init");
  }

  @Test
  void noDeadlockIsSeenWhereAWakeUpIsOnItsWay() {
    // All but one wait nearly always, and the lock goes from hand to hand.
    List<Runnable> bodies = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      bodies.add(
          () -> {
            for (int k = 0; k < 500; k++) {
              iommu.mutex.lock();
              iommu.number.set(iommu.number.get() + 1);
              iommu.mutex.unlock();
              group.sem.downWrite();
              group.sem.upWrite();
            }
          });
    }

    clean(engine.runAll(bodies.toArray(Runnable[]::new)));

    assertThat(iommu.number.now()).isEqualTo(3_000);
  }

  @Test
  void raceToADeadlockIsEitherCleanOrReported() {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 300; i++) {
      ThreadEngine world = new ThreadEngine();
      Thing a = new Thing(world, "a");
      Thing b = new Thing(world, "b");
      RunResult result =
          world.runAll(
              () -> {
                a.mutex.lock();
                b.mutex.lock();
                b.mutex.unlock();
                a.mutex.unlock();
              },
              () -> {
                b.mutex.lock();
                a.mutex.lock();
                a.mutex.unlock();
                b.mutex.unlock();
              });
      KernelBug found = result.bug();
      seen.add(found == null ? "" : found.sentence());
    }

    assertThat(seen)
        .allMatch(
            sentence ->
                sentence.isEmpty()
                    || sentence.equals(
                        "T0 holds a->lock and waits for b->lock;"
                            + " T1 holds b->lock and waits for a->lock"));
  }
}
