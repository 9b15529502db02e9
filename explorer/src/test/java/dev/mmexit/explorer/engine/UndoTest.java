package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UndoTest {
  private static final int CELLS = 4;

  private final Undo undo = new Undo();
  private final int[] numbers = new int[CELLS];
  private final Undo.Target target = (place, number) -> numbers[place] = number;

  private void set(int place, int number) {
    undo.add(target, place, numbers[place]);
    numbers[place] = number;
  }

  /** Whatever was written, each earlier moment can be had again, the latest first. */
  @Property
  void everyMomentComesBack(@ForAll @Size(max = 50) List<@IntRange(max = 40) Integer> writes) {
    List<int[]> moments = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int write : writes) {
      moments.add(Arrays.copyOf(numbers, CELLS));
      sizes.add(undo.size());
      set(write % CELLS, write);
    }
    for (int i = moments.size() - 1; i >= 0; i -= 2) {
      undo.back(sizes.get(i));
      assertThat(numbers).isEqualTo(moments.get(i));
    }
  }

  @Test
  void growsAndForgets() {
    for (int i = 0; i < 5000; i++) {
      set(i % CELLS, i + 1);
    }
    undo.back(4000);
    assertThat(numbers[3999 % CELLS]).isEqualTo(4000);

    undo.forget();
    undo.back(0);

    assertThat(numbers[3999 % CELLS]).isEqualTo(4000);
  }
}
