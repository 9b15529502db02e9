package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class VisitedStatesTest {
  @Property(tries = 100)
  void isASetThatNumbersItsElements(
      @ForAll long seed,
      @ForAll @IntRange(max = 5000) int operations,
      @ForAll @LongRange(min = 1, max = 200) long range) {
    SplittableRandom random = new SplittableRandom(seed);
    VisitedStates states = new VisitedStates();
    Map<List<Long>, Integer> model = new HashMap<>();
    for (int i = 0; i < operations; i++) {
      long high = random.nextLong(range) << 55;
      long low = 1 + random.nextLong(range) * range;
      Integer known = model.putIfAbsent(List.of(high, low), model.size());
      assertThat(states.add(high, low)).isEqualTo(known == null ? model.size() - 1 : ~known);
      assertThat(states.size()).isEqualTo(model.size());
    }
  }

  @Test
  void zeroIsAStateLikeOthers() {
    VisitedStates states = new VisitedStates();
    assertThat(states.add(0, 0)).isZero();
    assertThat(states.add(0, 0)).isEqualTo(~0);
    assertThat(states.add(1, 0)).isOne();
  }

  @Test
  void takesFewBytes() {
    SplittableRandom random = new SplittableRandom(1);
    VisitedStates states = new VisitedStates();
    for (int i = 1; i <= 300_000; i++) {
      states.add(random.nextLong(), random.nextLong());
      if (i >= 10_000 && i % 777 == 0) {
        assertThat((double) states.bytes() / i).as("bytes a state of %d", i).isLessThan(32);
      }
    }
  }
}
