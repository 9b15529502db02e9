package dev.mmexit.explorer.lockorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ToyWorld;
import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.explorer.search.Progress;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What little worlds say about the order of locks. */
class LockGraphTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoLocksInOppositeOrderAreWitnessed(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              (thread == 0 ? one.a : one.b).lock();
              (thread == 0 ? one.b : one.a).lock();
              (thread == 0 ? one.b : one.a).unlock();
              (thread == 0 ? one.a : one.b).unlock();
            });
    assertThat(edges(graph)).containsExactly("one->a > one->b", "one->b > one->a");
    assertThat(graph.cycles())
        .singleElement()
        .satisfies(
            cycle -> {
              assertThat(cycle.classes()).containsExactly("one->a", "one->b");
              assertThat(cycle.status()).isEqualTo(LockCycle.Status.WITNESSED);
            });
    assertThat(graph.edges().get(0).thread()).isEqualTo("T0");
    assertThat(graph.edges().get(0).kind()).isEqualTo(LockEdge.Kind.LOCK);
    assertThat(graph.edges().get(0).fromStack()).containsExactly("f0");
    assertThat(graph.edges().get(0).toStack()).containsExactly("f0");
    assertThat(graph.complete()).isTrue();
  }

  /** As above, but one thread does both, one after the other: nobody blocks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThreadThatTakesBothOrdersIsPossibleAndNoMore(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              if (thread == 0) {
                one.a.lock();
                one.b.lock();
                one.b.unlock();
                one.a.unlock();
                one.b.lock();
                one.a.lock();
                one.a.unlock();
                one.b.unlock();
              }
            });
    assertThat(graph.cycles()).extracting("status").containsExactly(LockCycle.Status.POSSIBLE);
    assertThat(graph.cycles().get(0).schedule()).isEqualTo(graph.edges().get(1).schedule());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameLockTwiceIsWitnessed(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              one.a.lock();
              if (thread == 1) {
                one.a.lock();
              }
              one.a.unlock();
            });
    assertThat(edges(graph)).containsExactly("one->a > one->a");
    assertThat(graph.cycles()).extracting("status").containsExactly(LockCycle.Status.WITNESSED);
  }

  @Test
  void aSubClassIsAnotherClass() {
    LockGraph graph =
        graph(
            true,
            (one, other, thread) -> {
              one.a.lock();
              one.b.lockNested(1);
              one.b.unlock();
              one.a.unlock();
            });
    assertThat(edges(graph)).containsExactly("one->a > one->b/1");
  }

  /** The wait is for a flag that is cleared under the lock that is held meanwhile. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWaitForWhoNeedsTheLockIsWitnessed(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              if (thread == 0) {
                one.spin.lock();
                one.busy.set(true);
                one.spin.unlock();
                one.a.lock();
                one.a.unlock();
                one.spin.lock();
                one.busy.set(false);
                one.busyQueue.wakeUpAll();
                one.spin.unlock();
                one.b.lock();
                one.b.unlock();
              } else {
                one.a.lock();
                one.spin.lock();
                one.busyQueue.waitEventLockIrq(one.busy, one.spin, "the other");
                one.spin.unlock();
                one.a.unlock();
              }
            });
    assertThat(edges(graph))
        .containsExactly(
            "one->a > one->busy_queue",
            "one->a > one->spin",
            "one->busy_queue > one->a",
            "one->busy_queue > one->spin");
    assertThat(graph.events()).containsExactly("one->busy_queue");
    assertThat(graph.edges().get(0).kind()).isEqualTo(LockEdge.Kind.EVENT);
    assertThat(graph.cycles())
        .singleElement()
        .satisfies(
            cycle -> {
              assertThat(cycle.classes()).containsExactly("one->a", "one->busy_queue");
              assertThat(cycle.status()).isEqualTo(LockCycle.Status.WITNESSED);
            });
  }

  /** To queue work is no wait; to flush it is, for all that the work takes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFlushUnderALockThatTheWorkTakesIsWitnessed(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              if (thread == 0) {
                one.b.lock();
                one.work.queueWork(
                    "work",
                    () -> {
                      one.a.lock();
                      one.a.unlock();
                    });
                one.b.unlock();
                one.a.lock();
                one.work.flush();
                one.a.unlock();
              }
            });
    assertThat(edges(graph)).containsExactly("one->a > work", "work > one->a");
    assertThat(graph.cycles()).extracting("status").containsExactly(LockCycle.Status.WITNESSED);
  }

  /** To enter a read section never waits; to wait for one is an edge, and what is taken in it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readSectionsAreHeldAndNotTaken(boolean reduction) {
    LockGraph graph =
        graph(
            reduction,
            (one, other, thread) -> {
              if (thread == 0) {
                one.a.lock();
                one.srcu.readLock();
                one.b.lock();
                one.b.unlock();
                one.srcu.readUnlock();
                one.a.unlock();
              } else {
                one.c.lock();
                one.srcu.synchronize();
                one.c.unlock();
              }
            });
    assertThat(edges(graph)).containsExactly("one->a > one->b", "one->c > srcu", "srcu > one->b");
    assertThat(graph.cycles()).isEmpty();
  }

  @Test
  void whatNobodyTakesForWritingHoldsNobodyUp() {
    for (boolean writes : List.of(false, true)) {
      LockGraph graph =
          graph(
              true,
              (one, other, thread) -> {
                if (thread == 0) {
                  one.sem.downRead();
                  one.a.lock();
                  one.a.unlock();
                  one.sem.upRead();
                  if (writes) {
                    one.sem.downWrite();
                    one.sem.upWrite();
                  }
                  one.a.lock();
                  one.sem.downRead();
                  one.sem.upRead();
                  one.a.unlock();
                }
              });
      assertThat(edges(graph)).containsExactly("one->a > one->sem", "one->sem > one->a");
      assertThat(graph.cycles()).hasSize(writes ? 1 : 0);
    }
  }

  @Test
  void aLockAroundBothOrdersKeepsThemApartWhereThereIsOneOfIt() {
    LockClass a = new LockClass("a", false, false);
    LockClass b = new LockClass("b", false, false);
    for (boolean global : List.of(true, false)) {
      LockClass gate = new LockClass("gate", false, global);
      LockGraphBuilder builder = new LockGraphBuilder("v2");
      builder.add(Takings.order(List.of(gate, a, b), List.of(gate, b, a)), true, Takings.WITNESS);
      assertThat(builder.graph().cycles()).hasSize(global ? 0 : 1);
      // Somewhere else it is not held.
      builder.add(Takings.order(List.of(a, b)), true, Takings.WITNESS);
      assertThat(builder.graph().cycles()).hasSize(1);
    }
  }

  @Test
  void aBoundIsTold() {
    LockGraphBuilder builder = new LockGraphBuilder("v2");
    builder.add(Takings.order(), true, Takings.WITNESS);
    assertThat(builder.graph().complete()).isTrue();
    builder.add(Takings.order(), false, Takings.WITNESS);
    builder.add(Takings.order(), true, Takings.WITNESS);
    assertThat(builder.graph().complete()).isFalse();
  }

  private static List<String> edges(LockGraph graph) {
    return graph.edges().stream().map(edge -> edge.from() + " > " + edge.to()).toList();
  }

  private static LockGraph graph(boolean reduction, ToyWorld.Code code) {
    Function<Host, World> worlds = host -> ToyWorld.of(2, code).apply(host);
    Exploration found =
        new Explorer(worlds, Bounds.NONE, 1, reduction, Progress.NONE).learningLocks().explore();
    LockGraphBuilder builder = new LockGraphBuilder("v2");
    try (EdgeReports reports =
        new EdgeReports(worlds, found.sharing(), reduction, "toy", "00000000")) {
      builder.add(found.locks(), found.isComplete(), reports);
    }
    for (Key key : found.locks().cycles().keySet()) {
      assertThat(key.kind()).isIn(FindingKind.DEADLOCK, FindingKind.LOCK_MISUSE);
      builder.addDeadlock(found.locks().cycles().get(key), "toy", "schedule");
    }
    return builder.graph();
  }
}
