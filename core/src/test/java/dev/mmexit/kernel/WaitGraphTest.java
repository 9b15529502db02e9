package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The graph without an engine that waits: contexts are put where the tests want them. */
class WaitGraphTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");
  private final Thing b = new Thing(engine, "b");
  private final Puppet t0 = new Puppet("T0");
  private final Puppet t1 = new Puppet("T1");
  private final Puppet t2 = new Puppet("T2");

  private static final class Puppet extends Context {
    private @Nullable Wait wait;

    Puppet(String name) {
      super(name, Mix.mix(name.hashCode()));
    }

    @Override
    public @Nullable Wait waiting() {
      return wait;
    }

    void takes(Mutex mutex) {
      mutex.apply(Op.MUTEX_LOCK, null, this);
    }

    void waitsFor(Mutex mutex) {
      wait = new Wait(mutex, Op.MUTEX_LOCK, null);
    }
  }

  @Test
  void nothingIsNoDeadlock() {
    WaitGraph graph = new WaitGraph(List.of());

    assertThat(graph.isDeadlock()).isFalse();
    assertThat(graph.cycle()).isEmpty();
    assertThat(graph.stuck()).isEmpty();
  }

  @Test
  void chainThatEndsAtARunningContextIsNone() {
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t1.waitsFor(a.mutex);
    t2.waitsFor(b.mutex);

    WaitGraph graph = new WaitGraph(List.of(t0, t1, t2));

    assertThat(graph.isDeadlock()).isFalse();
    assertThat(graph.cycle()).isEmpty();
    assertThat(graph.stuck()).isEmpty();
  }

  @Test
  void wakeUpThatIsOnItsWayCountsAsRunning() {
    t1.waitsFor(a.mutex);

    WaitGraph graph = new WaitGraph(List.of(t1));

    assertThat(graph.isDeadlock()).isFalse();
    assertThat(graph.stuck()).isEmpty();
  }

  @Test
  void wholeWorldInACycleIsADeadlock() {
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t0.waitsFor(b.mutex);
    t1.waitsFor(a.mutex);

    WaitGraph graph = new WaitGraph(List.of(t0, t1));

    assertThat(graph.isDeadlock()).isTrue();
    assertThat(graph.cycle()).containsExactly(t0, t1);
    assertThat(graph.stuck()).containsExactly(t0, t1);
    assertThat(graph.describe())
        .isEqualTo(
            "T0 holds a->lock and waits for b->lock; T1 holds b->lock and waits for a->lock");
    KernelBug bug = graph.toBug();
    assertThat(bug.kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(bug.object()).isSameAs(b);
    assertThat(bug.sentence()).isEqualTo(graph.describe());
  }

  @Test
  void cycleBesideARunningContextIsFoundButIsNoDeadlockOfTheWorld() {
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t0.waitsFor(b.mutex);
    t1.waitsFor(a.mutex);

    WaitGraph graph = new WaitGraph(List.of(t2, t1, t0));

    assertThat(graph.isDeadlock()).isFalse();
    assertThat(graph.cycle()).containsExactly(t1, t0);
    assertThat(graph.stuck()).containsExactly(t1, t0);
  }

  @Test
  void whoWaitsForTheCycleIsStuckButNotInIt() {
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t2.waitsFor(a.mutex);
    t0.waitsFor(b.mutex);
    t1.waitsFor(a.mutex);

    WaitGraph graph = new WaitGraph(List.of(t2, t0, t1));

    assertThat(graph.cycle()).containsExactly(t0, t1);
    assertThat(graph.stuck()).containsExactly(t2, t0, t1);
    assertThat(graph.describe()).doesNotContain("T2");
  }

  @Test
  void shortestCycleIsTold() {
    Thing c = new Thing(engine, "c");
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t2.takes(c.mutex);
    t0.waitsFor(b.mutex);
    t1.waitsFor(c.mutex);
    b.sem.apply(Op.DOWN_READ, null, t0);
    b.sem.apply(Op.DOWN_READ, null, t1);
    b.sem.apply(Op.DOWN_WRITE, null, t2);
    t2.wait = new Context.Wait(b.sem, Op.RWSEM_GRANTED, null);

    WaitGraph graph = new WaitGraph(List.of(t0, t1, t2));

    assertThat(graph.cycle()).containsExactly(t1, t2);
    assertThat(graph.describe())
        .isEqualTo("T1 holds b->sem and waits for c->lock; T2 holds c->lock and waits for b->sem");
  }

  @Test
  void holderThatHasEndedIsNamed() {
    t0.takes(a.mutex);
    t1.takes(b.mutex);
    t1.waitsFor(a.mutex);
    t2.waitsFor(b.mutex);

    WaitGraph graph = new WaitGraph(List.of(t1, t2));

    assertThat(graph.isDeadlock()).isTrue();
    assertThat(graph.cycle()).isEmpty();
    assertThat(graph.stuck()).containsExactly(t1, t2);
    assertThat(graph.describe())
        .isEqualTo(
            "T1 holds b->lock and waits for a->lock; T2 waits for b->lock;"
                + " T0 holds a->lock and has ended");
  }

  @Test
  void locksThatCodeCallsTheSameAreToldApart() {
    Thing first = new Thing(engine, "group");
    Thing second = new Thing(engine, "group");
    first.nameIt("G0");
    second.nameIt("G1");
    t0.takes(first.mutex);
    t1.takes(second.mutex);
    t0.waitsFor(second.mutex);
    t1.waitsFor(first.mutex);

    assertThat(new WaitGraph(List.of(t0, t1)).describe())
        .isEqualTo(
            "T0 holds group->lock of G0 and waits for group->lock of G1;"
                + " T1 holds group->lock of G1 and waits for group->lock of G0");
  }
}
