package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.all;
import static dev.mmexit.kernel.Worlds.bug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListHeadTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final ListHead<Thing> head = new Thing(engine, "owner").head;
  private final Thing a = new Thing(engine, "a");
  private final Thing b = new Thing(engine, "b");
  private final Thing c = new Thing(engine, "c");

  private static void corrupted(KernelBug bug, Thing thing, String sentence) {
    assertThat(bug.kind()).isEqualTo(FindingKind.LIST_CORRUPTION);
    assertThat(bug.object()).isSameAs(thing);
    assertThat(bug.sentence()).contains(sentence);
  }

  /** Changes. */
  @Nested
  class Changes {
    @Test
    void newListIsEmpty() {
      assertThat(head.isEmpty()).isTrue();
      assertThat(head.first()).isNull();
      assertThat(head.now()).isEmpty();
      assertThat(all(head.entries())).isEmpty();
      assertThat(all(head.entriesSafe())).isEmpty();
      assertThat(all(head.entriesReverse())).isEmpty();
    }

    @Test
    void addInsertsAtTheHead() {
      head.add(a.list);
      head.add(b.list);

      assertThat(head.now()).containsExactly(b, a);
      assertThat(head.first()).isSameAs(b);
      assertThat(b.list.nextEntry(head)).isSameAs(a);
      assertThat(a.list.nextEntry(head)).isNull();
      assertThat(head.isEmpty()).isFalse();
    }

    @Test
    void addTailInsertsAtTheTail() {
      head.addTail(a.list);
      head.addTail(b.list);

      assertThat(head.now()).containsExactly(a, b);
    }

    @Test
    void addInsertsAfterANode() {
      head.addTail(a.list);
      head.addTail(b.list);

      a.list.add(c.list);

      assertThat(head.now()).containsExactly(a, c, b);
    }

    @Test
    void delTakesOut() {
      head.addTail(a.list);
      head.addTail(b.list);
      head.addTail(c.list);

      b.list.del();

      assertThat(head.now()).containsExactly(a, c);
      assertThat(all(head.entriesReverse())).containsExactly(c, a);
      assertThat(b.list.entry()).isSameAs(b);
    }

    @Test
    void deletedNodeMayBeAddedAgain() {
      head.add(a.list);
      a.list.del();

      head.add(a.list);

      assertThat(head.now()).containsExactly(a);
    }

    @Test
    void deletedNodeIsNotEmptyAndNotALoop() {
      head.add(a.list);
      a.list.del();

      assertThat(a.list.isEmpty()).isFalse();
      corrupted(bug(a.list::first), a, "it follows a pointer that list_del poisoned");
    }

    @Test
    void singularListHasOneEntry() {
      assertThat(head.isSingular()).isFalse();
      head.add(a.list);
      assertThat(head.isSingular()).isTrue();
      head.add(b.list);
      assertThat(head.isSingular()).isFalse();
    }

    @Test
    void initEmptiesAHead() {
      head.add(a.list);

      head.init();

      assertThat(head.isEmpty()).isTrue();
    }
  }

  /** What {@code CONFIG_DEBUG_LIST} checks. */
  @Nested
  class Checks {
    @Test
    void deletingTwiceIsReported() {
      head.add(a.list);
      a.list.del();

      KernelBug bug = bug(() -> engine.run("vfio_iommu_mm_exit", a.list::del));

      corrupted(
          bug, a, "list_del of thing A (list) in vfio_iommu_mm_exit() by init: the entry has");
      assertThat(bug.sentence()).endsWith("has been deleted already");
    }

    @Test
    void deletingANodeWhosePredecessorPointsElsewhereIsReported() {
      head.addTail(a.list);
      head.addTail(b.list);
      head.init();

      corrupted(bug(a.list::del), a, "the predecessor's next is not the entry");
    }

    @Test
    void deletingANodeWhoseSuccessorPointsElsewhereIsReported() {
      head.addTail(a.list);
      head.addTail(b.list);
      b.list.init();

      corrupted(bug(a.list::del), a, "the successor's prev is not the entry");
    }

    @Test
    void addingWhereTheSuccessorPointsElsewhereIsReported() {
      head.add(a.list);
      a.list.init();

      corrupted(bug(() -> head.add(b.list)), b, "the successor's prev is not the predecessor");
    }

    @Test
    void addingWhereThePredecessorPointsElsewhereIsReported() {
      head.add(a.list);
      a.list.init();

      corrupted(bug(() -> head.addTail(b.list)), b, "the predecessor's next is not the successor");
    }

    @Test
    void addingANodeNextToItselfIsReported() {
      head.add(a.list);

      corrupted(bug(() -> head.add(a.list)), a, "the entry is added next to itself");
      corrupted(bug(() -> head.addTail(a.list)), a, "the entry is added next to itself");
    }

    @Test
    void useAfterFreeIsReported() {
      head.add(a.list);
      a.kfree();

      KernelBug bug = bug(() -> head.add(b.list));

      assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
      assertThat(bug.sentence()).startsWith("a->list.prev of A is read in init");
    }
  }

  /** The macros that walk. */
  @Nested
  class Walks {
    @BeforeEach
    void fill() {
      head.addTail(a.list);
      head.addTail(b.list);
      head.addTail(c.list);
    }

    @Test
    void visitInOrder() {
      assertThat(all(head.entries())).containsExactly(a, b, c);
      assertThat(all(head.entriesSafe())).containsExactly(a, b, c);
      assertThat(all(head.entriesReverse())).containsExactly(c, b, a);
      assertThat(all(head.entriesContinueReverse(c.list))).containsExactly(b, a);
      assertThat(all(head.entriesContinueReverse(a.list))).isEmpty();
    }

    @Test
    void endOnceAndForAll() {
      Iterator<Thing> walk = head.entries().iterator();
      walk.next();
      walk.next();
      walk.next();

      assertThat(walk.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(walk::next);
    }

    @Test
    void safeWalkSurvivesTheRemovalOfItsElement() {
      for (Thing thing : head.entriesSafe()) {
        thing.list.del();
        thing.kfree();
      }

      assertThat(head.isEmpty()).isTrue();
    }

    @Test
    void plainWalkFollowsThePointerOfARemovedElement() {
      KernelBug bug =
          bug(
              () -> {
                for (Thing thing : head.entries()) {
                  thing.list.del();
                }
              });

      corrupted(bug, a, "a walk of thing A (list) in init");
      assertThat(head.now()).containsExactly(b, c);
    }

    @Test
    void plainWalkReadsTheSuccessorOfAFreedElement() {
      KernelBug bug =
          bug(
              () -> {
                for (Thing thing : head.entries()) {
                  thing.list.del();
                  thing.kfree();
                }
              });

      assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
      assertThat(bug.object()).isSameAs(a);
    }

    @Test
    void plainWalkThatEndsAfterTheRemovalIsFine() {
      for (Thing thing : head.entries()) {
        if (thing == b) {
          thing.list.del();
          break;
        }
      }

      assertThat(head.now()).containsExactly(a, c);
    }

    @Test
    void plainWalkSeesWhatIsInsertedBehindIt() {
      Thing d = new Thing(engine, "d");
      List<Thing> seen = new ArrayList<>();
      for (Thing thing : head.entries()) {
        if (thing == a) {
          a.list.add(d.list);
        }
        seen.add(thing);
      }

      assertThat(seen).containsExactly(a, d, b, c);
    }

    @Test
    void safeWalkDoesNotSeeWhatIsInsertedBehindIt() {
      Thing d = new Thing(engine, "d");
      List<Thing> seen = new ArrayList<>();
      for (Thing thing : head.entriesSafe()) {
        if (thing == a) {
          a.list.add(d.list);
        }
        seen.add(thing);
      }

      assertThat(seen).containsExactly(a, b, c);
    }

    @Test
    void safeWalkStumblesOverTheRemovalOfTheNextElement() {
      KernelBug bug =
          bug(
              () -> {
                for (Thing thing : head.entriesSafe()) {
                  if (thing == a) {
                    b.list.del();
                  }
                }
              });

      corrupted(bug, b, "it follows a pointer that list_del poisoned");
    }

    @Test
    void walkFromADeletedElementIsReported() {
      b.list.del();

      corrupted(
          bug(() -> all(head.entriesContinueReverse(b.list))),
          b,
          "it follows a pointer that list_del poisoned");
      corrupted(bug(() -> b.list.nextEntry(head)), b, "poisoned");
    }

    @Test
    void walkThatReachesAHeadOfAnotherListIsReported() {
      ListHead<Thing> other = new Thing(engine, "stranger").head;
      other.addTail(new Thing(engine, "d").list);

      corrupted(
          bug(() -> all(head.entriesContinueReverse(other.first().list))),
          (Thing) other.struct(),
          "it reaches the head of another list");
    }

    @Test
    void eachWalkBeginsAnew() {
      Iterable<Thing> walk = head.entries();
      all(walk);
      b.list.del();

      assertThat(all(walk)).containsExactly(a, c);
    }
  }
}
