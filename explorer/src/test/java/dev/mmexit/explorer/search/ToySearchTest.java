package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ToyWorld;
import dev.mmexit.kernel.FindingKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small worlds whose findings and numbers are known. */
class ToySearchTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void locksInOppositeOrder(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              (thread == 0 ? one : other).a.lock();
              (thread == 0 ? other : one).a.lock();
              one.a.unlock();
              other.a.unlock();
            });
    assertThat(found.findings()).hasSize(1);
    assertThat(found.findings().firstKey().kind()).isEqualTo(FindingKind.DEADLOCK);
    assertThat(found.findings().get(found.findings().firstKey()).labels()).contains("T0", "T1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void locksInOneOrder(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              one.a.lock();
              other.a.lock();
              other.a.unlock();
              one.a.unlock();
            });
    assertThat(found.findings()).isEmpty();
    assertThat(found.finalStates()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldWithoutALock(boolean reduction) {
    Exploration found = explore(reduction, 2, (one, other, thread) -> one.x.set(one.x.get() + 1));
    assertThat(kinds(found)).containsExactly(FindingKind.DATA_RACE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldWithALock(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              one.spin.lock();
              one.x.set(one.x.get() + 1);
              one.spin.unlock();
            });
    assertThat(found.findings()).isEmpty();
    assertThat(found.finalStates())
        .singleElement()
        .satisfies(state -> assertThat(state.registers()).containsEntry("one.x", 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldThatIsHandedOver(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              if (thread == 0) {
                one.x.set(1);
                one.next.writeOnce(one);
              } else if (one.next.readOnce() != null) {
                other.x.set(one.x.get());
              }
            });
    assertThat(found.findings()).isEmpty();
    assertThat(found.finalStates()).hasSize(2);
  }

  /** A step may use a field more than once: the race is between the uses that conflict. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldThatIsReadBeforeItIsWritten(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              int seen = one.x.get();
              if (thread == 0) {
                one.x.set(seen + 1);
              }
            });
    assertThat(kinds(found)).containsExactly(FindingKind.DATA_RACE);
  }

  /** To raise a counter is no place to switch, so whose turn came first there orders nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCounterDoesNotOrderTheTakingOfALock(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              if (thread == 0) {
                one.a.lock();
                one.refs.inc();
                one.spin.lock();
                one.next.set(one);
                one.a.unlock();
                one.spin.unlock();
              } else {
                one.spin.lock();
                one.spin.unlock();
                one.refs.inc();
                one.a.lock();
                other.x.set(one.next.get() == null ? 1 : 2);
                one.a.unlock();
              }
            });
    assertThat(found.findings()).isEmpty();
    assertThat(found.finalStates()).hasSize(2);
  }

  /**
   * Whoever kept a pointer to memory that is used again can come to the new object before its first
   * field is set: its allocation is a step of its own.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void memoryThatIsUsedAgainIsSeenBeforeItIsFilledIn(boolean reduction) {
    ToyWorld.Code keepThree =
        (one, other, thread) -> {
          ToyWorld.Things three = one.more("three", 1);
          three.next.set(three);
          one.next.set(three);
        };
    Exploration found =
        new Explorer(
                ToyWorld.reusingMemory(
                    2,
                    keepThree,
                    (one, other, thread) -> {
                      ToyWorld.Things three = one.next.get();
                      if (thread == 0) {
                        three.kfree();
                        ToyWorld.Things four = one.more("four", 1);
                        four.next.set(one);
                      } else {
                        ToyWorld.Things next = three.next.get();
                        other.x.set(next == null ? 1 : next == one ? 3 : 2);
                      }
                    }),
                Bounds.NONE,
                1,
                reduction,
                Progress.NONE)
            .explore();
    assertThat(kinds(found))
        .containsExactlyInAnyOrder(FindingKind.USE_AFTER_FREE, FindingKind.DATA_RACE);
    assertThat(found.finalStates())
        .extracting(state -> state.registers().get("other.x"))
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  /**
   * Who gets the memory of a freed object comes after who freed it: what the two do before and
   * after is in order, and no place to switch.
   */
  @Test
  void whoGetsMemoryComesAfterWhoFreedIt() {
    Exploration without = handedOver((one, gotIt) -> {});
    Exploration with =
        handedOver(
            (one, gotIt) -> {
              if (gotIt) {
                one.spin.lock();
                one.spin.unlock();
              }
            });
    assertThat(with.findings()).isEmpty();
    assertThat(with.finalStates()).hasSize(2);
    assertThat(with.states()).isEqualTo(without.states());
  }

  private static Exploration handedOver(BiConsumer<ToyWorld.Things, Boolean> then) {
    ToyWorld.Code keepThree = (one, other, thread) -> one.next.set(one.more("three", 1));
    ToyWorld.Code code =
        (one, other, thread) -> {
          if (thread == 0) {
            one.spin.lock();
            one.spin.unlock();
            one.next.get().kfree();
          } else {
            ToyWorld.Things four = one.more("four", 1);
            boolean gotIt = ToyWorld.Things.same(four, one.next.get());
            then.accept(one, gotIt);
            other.x.set(gotIt ? 1 : 2);
          }
        };
    return new Explorer(
            ToyWorld.reusingMemory(2, keepThree, code), Bounds.NONE, 1, true, Progress.NONE)
        .explore();
  }

  /** What matters is where a lock is contended, not that it is contended somewhere. */
  @Test
  void aLockThatIsContendedAtOnePlaceOnly() {
    Exploration once = explore(true, 2, (one, other, thread) -> contendedOnce(one, thread, 0));
    Exploration often = explore(true, 2, (one, other, thread) -> contendedOnce(one, thread, 5));
    assertThat(often.findings()).isEmpty();
    assertThat(often.states()).isEqualTo(once.states());
    assertThat(often.finalStates()).isEqualTo(once.finalStates());
  }

  /** Both take the lock; then one takes it again, and the other has nothing more to do with it. */
  private static void contendedOnce(ToyWorld.Things one, int thread, int again) {
    one.spin.lock();
    one.x.set(one.x.get() + 1);
    boolean last = one.x.get() == 2;
    one.spin.unlock();
    if (last) {
      one.engineOf()
          .run(
              "g" + thread,
              () -> {
                for (int i = 0; i < again; i++) {
                  one.spin.lock();
                  one.spin.unlock();
                }
              });
    }
  }

  /** Whoever frees it does not take the lock, but looks at what the lock is for. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLockThatIsFreedBeforeItIsReleased(boolean reduction) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              if (thread == 0) {
                one.a.lock();
                one.flag.set(true);
                one.a.unlock();
              } else if (one.flag.get()) {
                one.kfree();
              }
            });
    assertThat(kinds(found))
        .containsExactlyInAnyOrder(FindingKind.DATA_RACE, FindingKind.USE_AFTER_FREE);
  }

  /** What it has observed is what its caller observes of it. */
  @Test
  void aPlaceInAFunctionIsNotOneBehindIt() {
    Exploration found =
        explore(
            true,
            2,
            (one, other, thread) -> {
              one.engineOf()
                  .run(
                      "g",
                      () -> {
                        assertThat(one.flag.get()).isFalse();
                        one.x.set(0);
                      });
              other.x.set(0);
            });
    assertThat(kinds(found)).containsExactly(FindingKind.DATA_RACE);
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 1", "true, 2", "false, 2"})
  void anObjectThatIsFreedWithItsLastReference(boolean reduction, int references) {
    Exploration found =
        new Explorer(
                ToyWorld.of(
                    2,
                    references,
                    (one, other, thread) -> {},
                    (one, other, thread) -> {
                      one.a.lock();
                      one.a.unlock();
                      if ((references == 2 || thread == 0) && one.refs.decAndTest()) {
                        one.kfree();
                      }
                    }),
                Bounds.NONE,
                1,
                reduction,
                Progress.NONE)
            .explore();
    if (references == 2) {
      assertThat(found.findings()).isEmpty();
    } else {
      assertThat(kinds(found)).containsExactly(FindingKind.USE_AFTER_FREE);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aWakeUpThatComesTooEarly(boolean reduction, boolean tooEarly) {
    Exploration found =
        explore(
            reduction,
            2,
            (one, other, thread) -> {
              if (thread == 0) {
                one.queue.waitEvent(() -> one.next.readOnce() != null, one.flag, "next");
              } else {
                if (tooEarly) {
                  one.queue.wakeUpAll();
                }
                one.next.writeOnce(other);
                if (!tooEarly) {
                  one.queue.wakeUpAll();
                }
              }
            });
    assertThat(kinds(found)).isEqualTo(tooEarly ? Set.of(FindingKind.DEADLOCK) : Set.of());
  }

  @Test
  void aLoopWithoutEnd() {
    Exploration found =
        new Explorer(
                ToyWorld.of(
                    2,
                    (one, other, thread) -> {
                      if (thread == 0) {
                        one.next.writeOnce(one);
                      } else {
                        while (one.next.readOnce() != other) {
                          one.refs.inc();
                        }
                      }
                    }),
                new Bounds(null, 300L, null),
                1,
                true,
                Progress.NONE)
            .explore();
    assertThat(kinds(found)).contains(FindingKind.LIVELOCK);
  }

  @Test
  void aWalkOfAListWhoseNodeIsTakenOff() {
    Exploration found =
        new Explorer(
                ToyWorld.of(
                    2,
                    1,
                    (one, other, thread) -> one.list.addTail(other.node),
                    (one, other, thread) -> {
                      if (thread == 0) {
                        for (ToyWorld.Things entry : one.list.entries()) {
                          entry.refs.inc();
                        }
                      } else {
                        other.node.del();
                        other.node.init();
                      }
                    }),
                new Bounds(null, 20_000L, null),
                1,
                true,
                Progress.NONE)
            .explore();
    assertThat(kinds(found)).contains(FindingKind.LIVELOCK, FindingKind.DATA_RACE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4, 1",
    "2, 2, 6",
    "2, 3, 20",
    "2, 5, 252",
    "3, 2, 90",
    "3, 3, 1680",
    "4, 2, 2520"
  })
  void numbersOfInterleavings(int threads, int operations, long interleavings) {
    ToyWorld.Code code =
        (one, other, thread) -> {
          for (int i = 0; i < operations; i++) {
            one.refs.decAndTest();
          }
        };
    assertThat(explore(false, threads, code).executions()).isEqualTo(interleavings);

    Exploration reduced = explore(true, threads, code);
    if (threads > 1) {
      long grid = Math.round(Math.pow(operations + 1, threads));
      long edges = (long) threads * operations * grid / (operations + 1);
      assertThat(reduced.states()).isEqualTo(grid);
      assertThat(reduced.transitions()).isEqualTo(edges);
      assertThat(reduced.executions()).isEqualTo(edges - grid + 2);
    }
    assertThat(reduced.finalStates()).hasSize(1);
  }

  @Test
  void operationsOnWhatIsNotSharedAreNoPlacesToSwitch() {
    Exploration reduced =
        explore(
            true,
            2,
            (one, other, thread) -> {
              for (int i = 0; i < 5; i++) {
                (thread == 0 ? one : other).refs.decAndTest();
              }
            });
    assertThat(reduced.executions()).isOne();
    assertThat(reduced.finalStates()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 100})
  void executionsCanBeBounded(long most) {
    for (boolean reduction : List.of(true, false)) {
      Exploration found = bounded(new Bounds(null, most, null), reduction);
      assertThat(found.isComplete()).isFalse();
      assertThat(found.bound()).isEqualTo("--max-executions " + most);
      assertThat(found.executions()).isEqualTo(most);
    }
  }

  @Test
  void timeCanBeBounded() {
    Exploration found = bounded(new Bounds(0.0, null, null), true);
    assertThat(found.bound()).isEqualTo("--max-seconds");
    assertThat(found.executions()).isZero();
  }

  @Test
  void preemptionsCanBeBounded() {
    long before = 0;
    for (int preemptions = 0; preemptions <= 2; preemptions++) {
      Exploration found = bounded(new Bounds(null, null, preemptions), false);
      assertThat(found.bound()).isEqualTo("--preemptions " + preemptions);
      assertThat(found.executions()).isGreaterThan(before);
      before = found.executions();
    }
    assertThat(bounded(new Bounds(null, null, 1000), false).isComplete()).isTrue();
  }

  private static Exploration bounded(Bounds bounds, boolean reduction) {
    ToyWorld.Code code =
        (one, other, thread) -> {
          for (int i = 0; i < 9; i++) {
            one.refs.decAndTest();
            if (!reduction && i == 2) {
              return;
            }
          }
        };
    return new Explorer(ToyWorld.of(3, code), bounds, 1, reduction, Progress.NONE).explore();
  }

  private static Exploration explore(boolean reduction, int threads, ToyWorld.Code code) {
    return new Explorer(ToyWorld.of(threads, code), Bounds.NONE, 1, reduction, Progress.NONE)
        .explore();
  }

  private static Set<FindingKind> kinds(Exploration exploration) {
    Set<FindingKind> kinds = new TreeSet<>();
    exploration.findings().keySet().forEach(key -> kinds.add(key.kind()));
    return kinds;
  }
}
