package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class RwSemaphorePropertyTest {
  private static final int CONTEXTS = 5;

  /** A context that a test moves by hand. */
  private static final class Puppet extends Context {
    private boolean asked;
    private boolean writes;

    Puppet(int number) {
      super("T" + number, Mix.mix(number + 1));
    }

    @Override
    public @Nullable Wait waiting() {
      return null;
    }
  }

  /**
   * Each number moves one context: one that does nothing asks, one that was let in leaves, and one
   * that waits goes on waiting.
   */
  @Property
  void nobodyIsWithAWriterAndNobodyOvertakes(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 2 * CONTEXTS - 1) Integer> moves) {
    RwSemaphore sem = new Thing(new ThreadEngine(), "a").sem;
    List<Puppet> puppets = new ArrayList<>();
    for (int i = 0; i < CONTEXTS; i++) {
      puppets.add(new Puppet(i));
    }
    List<Puppet> arrivals = new ArrayList<>();

    for (int move : moves) {
      Puppet puppet = puppets.get(move % CONTEXTS);
      if (!puppet.asked) {
        puppet.asked = true;
        puppet.writes = move >= CONTEXTS;
        arrivals.add(puppet);
        Object granted = sem.apply(puppet.writes ? Op.DOWN_WRITE : Op.DOWN_READ, null, puppet);
        assertThat(granted).isEqualTo(isIn(sem, puppet));
      } else if (isIn(sem, puppet)) {
        sem.apply(puppet.writes ? Op.UP_WRITE : Op.UP_READ, null, puppet);
        puppet.asked = false;
        arrivals.remove(puppet);
      }
      check(sem, arrivals);
    }
  }

  private static boolean isIn(RwSemaphore sem, Puppet puppet) {
    return sem.ready(Op.RWSEM_GRANTED, null, puppet);
  }

  private static void check(RwSemaphore sem, List<Puppet> arrivals) {
    List<Puppet> in = arrivals.stream().filter(puppet -> isIn(sem, puppet)).toList();
    assertThat(sem.holders()).hasSameElementsAs(in);
    assertThat(in.size() == 1 || in.stream().noneMatch(puppet -> puppet.writes))
        .as("a writer is alone: %s", in)
        .isTrue();
    // Who is let in are those who have waited longest, and as many of them as can be.
    assertThat(arrivals.subList(0, in.size())).isEqualTo(in);
    if (in.size() < arrivals.size()) {
      Puppet first = arrivals.get(in.size());
      assertThat(!in.isEmpty() && (first.writes || in.get(0).writes))
          .as("%s has to wait", first.name())
          .isTrue();
    }
    assertThat(sem.peek() == null).isEqualTo(arrivals.isEmpty());
  }

  /** Each list is what one real thread does: write where the element is true, else read. */
  @Property(tries = 60)
  void threadsNeverMeetAWriter(
      @ForAll @Size(min = 2, max = 4) List<@Size(max = 40) List<Boolean>> plans) {
    ThreadEngine engine = new ThreadEngine();
    Thing thing = new Thing(engine, "a");
    AtomicInteger readers = new AtomicInteger();
    AtomicInteger writers = new AtomicInteger();
    int writes = plans.stream().mapToInt(p -> (int) p.stream().filter(w -> w).count()).sum();

    RunResult result =
        engine.runAll(
            plans.stream()
                .map(plan -> (Runnable) () -> follow(plan, thing, readers, writers))
                .toArray(Runnable[]::new));

    assertThat(result.bug()).isNull();
    assertThat(thing.number.now()).isEqualTo(writes);
    assertThat(thing.sem.peek()).isNull();
  }

  private static void follow(
      List<Boolean> plan, Thing thing, AtomicInteger readers, AtomicInteger writers) {
    for (boolean write : plan) {
      if (write) {
        thing.sem.downWrite();
        assertThat(writers.incrementAndGet()).isOne();
        assertThat(readers).hasValue(0);
        thing.number.set(thing.number.get() + 1);
        writers.decrementAndGet();
        thing.sem.upWrite();
      } else {
        thing.sem.downRead();
        readers.incrementAndGet();
        assertThat(writers).hasValue(0);
        thing.number.get();
        readers.decrementAndGet();
        thing.sem.upRead();
      }
    }
  }
}
