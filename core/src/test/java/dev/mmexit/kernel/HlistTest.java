package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static dev.mmexit.kernel.Worlds.clean;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HlistTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final HlistHead<Thing> head = new Thing(engine, "head").hlist;
  private final Thing a = new Thing(engine, "a");
  private final Thing b = new Thing(engine, "b");
  private final Thing c = new Thing(engine, "c");

  /** {@code hlist_for_each_entry_rcu}. */
  private static List<Thing> walk(@Nullable HlistNode<Thing> first) {
    List<Thing> found = new ArrayList<>();
    for (HlistNode<Thing> node = first; node != null; node = node.nextRcu()) {
      found.add(node.entry());
    }
    return found;
  }

  @Test
  void newListIsEmpty() {
    assertThat(head.isEmpty()).isTrue();
    assertThat(head.first()).isNull();
    assertThat(head.firstRcu()).isNull();
    assertThat(a.node.isUnhashed()).isTrue();
  }

  @Test
  void addInsertsAtTheHead() {
    head.addHeadRcu(a.node);
    head.addHeadRcu(b.node);

    assertThat(head.isEmpty()).isFalse();
    assertThat(head.now()).containsExactly(b, a);
    assertThat(walk(head.firstRcu())).containsExactly(b, a);
    assertThat(a.node.isUnhashed()).isFalse();
  }

  @Test
  void delTakesOutAnyNode() {
    for (Thing victim : List.of(a, b, c)) {
      head.addHeadRcu(a.node);
      head.addHeadRcu(b.node);
      head.addHeadRcu(c.node);

      victim.node.delInitRcu();

      assertThat(head.now()).hasSize(2).doesNotContain(victim);
      assertThat(victim.node.isUnhashed()).isTrue();
      a.node.delInitRcu();
      b.node.delInitRcu();
      c.node.delInitRcu();
      assertThat(head.isEmpty()).isTrue();
    }
  }

  @Test
  void walkerOnAnUnlinkedNodeFindsTheRest() {
    head.addHeadRcu(a.node);
    head.addHeadRcu(b.node);
    head.addHeadRcu(c.node);
    HlistNode<Thing> position = head.firstRcu();

    position.delInitRcu();

    assertThat(walk(position)).containsExactly(c, b, a);
    assertThat(walk(head.firstRcu())).containsExactly(b, a);
  }

  @Test
  void walkerOnAFreedNodeIsReported() {
    head.addHeadRcu(a.node);
    HlistNode<Thing> position = head.firstRcu();
    a.node.delInitRcu();
    a.kfree();

    KernelBug bug = bug(position::nextRcu);

    assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug.sentence()).startsWith("a->node.next of A is used by READ_ONCE in init");
  }

  @Test
  void deletingTwiceIsHarmless() {
    head.addHeadRcu(a.node);
    head.addHeadRcu(b.node);
    b.node.delInitRcu();

    b.node.delInitRcu();

    assertThat(head.now()).containsExactly(a);
  }

  @Test
  void deletingANodeThatWasNeverAddedIsHarmless() {
    a.node.delInitRcu();

    assertThat(a.node.isUnhashed()).isTrue();
  }

  @Test
  void deletedNodeMayBeAddedAgain() {
    head.addHeadRcu(a.node);
    a.node.delInitRcu();

    head.addHeadRcu(a.node);

    assertThat(head.now()).containsExactly(a);
    assertThat(a.node.canonicalHash()).isNotZero();
  }

  @Test
  void walkersFindEveryNodeThatStaysAndOnlyInitialisedOnes() {
    Thing lock = new Thing(engine, "lock");
    head.addHeadRcu(a.node);
    Runnable writer =
        () -> {
          for (int i = 0; i < 300; i++) {
            Thing thing = new Thing(engine, "t");
            lock.spin.lock();
            thing.number.set(42);
            head.addHeadRcu(thing.node);
            lock.spin.unlock();
            lock.spin.lock();
            thing.node.delInitRcu();
            lock.spin.unlock();
          }
        };
    Runnable walker =
        () -> {
          for (int i = 0; i < 600; i++) {
            List<Thing> found = walk(head.firstRcu());
            assertThat(found).endsWith(a);
            assertThat(found.subList(0, found.size() - 1))
                .allMatch(thing -> thing.number.get() == 42);
          }
        };

    clean(engine.runAll(writer, walker, writer));

    assertThat(head.now()).containsExactly(a);
  }
}
