package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ToyWorld.Things;
import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private final Coroutines coroutines = Coroutines.best();
  private final ControlledEngine engine =
      new ControlledEngine(coroutines, Granularity.REDUCED, new Sharing());
  private final Memory memory = new Memory();

  @AfterEach
  void close() {
    coroutines.close();
  }

  @Test
  void goesBackToTheMark() {
    Things kept = things("kept");
    memory.write(kept.x, 3);
    memory.keep();
    final long hash0 = memory.hash0();
    final long hash1 = memory.hash1();
    final Things more = things("more");
    memory.write(kept.x, 4);
    memory.write(kept.x, null);
    memory.write(kept.next, more);
    memory.write(more.flag, true);
    memory.free(kept);
    assertThat(List.of(memory.hash0(), memory.hash1())).doesNotContain(hash0, hash1);
    assertThat(kept.isAlive()).isFalse();

    memory.reset();
    assertThat(List.of(memory.hash0(), memory.hash1())).containsExactly(hash0, hash1);
    assertThat(kept.isAlive()).isTrue();
    assertThat(kept.x.now()).isEqualTo(3);
    assertThat(kept.next.now()).isNull();
    assertThat(memory.structs()).containsExactly(kept);
  }

  @Test
  void goesBackAgainAndAgain() {
    Things kept = things("kept");
    memory.keep();
    long hash = memory.hash0();
    for (int i = 1; i < 4; i++) {
      memory.write(kept.x, i);
      memory.free(kept);
      memory.reset();
      assertThat(memory.hash0()).isEqualTo(hash);
      assertThat(kept.x.peek()).isNull();
    }
  }

  @Test
  void goesBackToEachChoice() {
    Things kept = things("kept");
    memory.keep();
    List<Long> hashes = new ArrayList<>();
    List<Things> made = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      memory.mark(i);
      hashes.add(memory.hash0());
      made.add(things("made " + i));
      memory.write(made.get(i).x, i + 1);
      memory.write(kept.x, i + 1);
    }
    memory.free(made.get(1));

    memory.back(3);
    assertThat(memory.hash0()).isEqualTo(hashes.get(3));
    assertThat(kept.x.now()).isEqualTo(3);
    assertThat(made.get(1).isAlive()).isTrue();
    assertThat(made.get(1).x.now()).isEqualTo(2);
    assertThat(memory.structs()).containsExactly(kept, made.get(0), made.get(1), made.get(2));
    memory.back(1);
    assertThat(memory.hash0()).isEqualTo(hashes.get(1));
    assertThat(kept.x.now()).isEqualTo(1);
    assertThat(memory.structs()).containsExactly(kept, made.get(0));
  }

  @Test
  void goesBackToWhoWasLastToWriteAFlag() {
    Things kept = things("kept");
    memory.keep();
    memory.mark(0);
    Context first = engine.current();
    memory.writes(kept.flag, first);
    memory.mark(1);
    memory.writes(kept.flag, new ControlledContext(0, "T0", "T0", 1, null, new Clock(new Undo())));

    memory.back(1);
    assertThat(kept.flag.lastWriter()).isSameAs(first);
    memory.back(0);
    assertThat(kept.flag.lastWriter()).isNull();
  }

  @Test
  void goesBackToWhatIsAtAnAddress() {
    Things freed = things("freed");
    memory.free(freed);
    memory.keep();
    memory.mark(0);
    Things next = things("next");
    memory.succeed(freed, next);
    assertThat(freed.occupant()).isSameAs(next);

    memory.back(0);
    assertThat(freed.occupant()).isSameAs(freed);
    assertThat(freed.isAlive()).isFalse();
  }

  @Test
  void freedObjectsLeaveTheHash() {
    final long empty0 = memory.hash0();
    final long empty1 = memory.hash1();
    Things passing = things("passing");
    memory.write(passing.x, 7);
    memory.write(passing.flag, true);
    memory.free(passing);
    assertThat(memory.hash0()).isEqualTo(empty0);
    assertThat(memory.hash1()).isEqualTo(empty1);
  }

  @Test
  void zeroedMemoryAddsNothing() {
    Things kept = things("kept");
    long hash = memory.hash0();
    memory.write(kept.x, 0);
    memory.write(kept.flag, false);
    assertThat(memory.hash0()).isEqualTo(hash);
    memory.write(kept.x, 1);
    assertThat(memory.hash0()).isNotEqualTo(hash);
  }

  @Test
  void sameValueInAnotherFieldIsAnotherState() {
    Things one = things("one");
    Things other = things("other");
    memory.keep();
    memory.write(one.x, 5);
    long first = memory.hash0();
    memory.reset();
    memory.write(other.x, 5);
    assertThat(memory.hash0()).isNotEqualTo(first);
  }

  private record Write(int field, int value) {}

  @Property(tries = 200)
  void theOrderOfWritesDoesNotCount(
      @ForAll @Size(max = 20) List<@IntRange(max = 3) Integer> values, @ForAll long seed) {
    List<Cell> fields = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      fields.add(things("t" + i).x);
    }
    memory.keep();
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      writes.add(new Write(i % fields.size(), values.get(i)));
    }
    writes.forEach(write -> memory.write(fields.get(write.field), write.value));
    final long hash0 = memory.hash0();
    final long hash1 = memory.hash1();
    List<Integer> last =
        fields.stream().map(field -> ((dev.mmexit.kernel.Int) field).now()).toList();
    memory.reset();

    Random random = new Random(seed);
    java.util.Collections.shuffle(writes, random);
    writes.forEach(write -> memory.write(fields.get(write.field), write.value));
    for (int i = 0; i < fields.size(); i++) {
      memory.write(fields.get(i), last.get(i));
    }
    assertThat(memory.hash0()).isEqualTo(hash0);
    assertThat(memory.hash1()).isEqualTo(hash1);
  }

  /** Allocated by an engine that is not looked at, and by the memory that is. */
  private Things things(String name) {
    Things things = new Things(engine, name, 0);
    memory.allocate(things);
    return things;
  }
}
