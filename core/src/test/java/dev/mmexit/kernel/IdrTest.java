package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.all;
import static dev.mmexit.kernel.Worlds.bug;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import org.junit.jupiter.api.Test;

class IdrTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing table = new Thing(engine, "table");
  private final Thing a = new Thing(engine, "a");
  private final Thing b = new Thing(engine, "b");
  private final Thing c = new Thing(engine, "c");

  @Test
  void allocatesTheLowestFreeNumber() {
    assertThat(table.idr.alloc(a, 1, 10)).isEqualTo(1);
    assertThat(table.idr.alloc(b, 1, 10)).isEqualTo(2);
    table.idr.remove(1);

    assertThat(table.idr.alloc(c, 1, 10)).isEqualTo(1);
    assertThat(table.idr.find(1)).isSameAs(c);
    assertThat(table.idr.find(2)).isSameAs(b);
  }

  @Test
  void beginsAtTheLeastNumber() {
    assertThat(table.idr.alloc(a, 5, 10)).isEqualTo(5);
    assertThat(table.idr.alloc(b, 1, 10)).isEqualTo(1);
  }

  @Test
  void isFullBelowTheEnd() {
    assertThat(table.idr.alloc(a, 1, 3)).isEqualTo(1);
    assertThat(table.idr.alloc(b, 1, 3)).isEqualTo(2);

    assertThat(table.idr.alloc(c, 1, 3)).isEqualTo(-Errno.ENOSPC);
    assertThat(table.idr.alloc(c, 7, 7)).isEqualTo(-Errno.ENOSPC);
    assertThat(table.idr.now()).containsOnlyKeys(1, 2);
  }

  @Test
  void walksByAscendingNumber() {
    table.idr.alloc(a, 8, 10);
    table.idr.alloc(b, 2, 10);
    table.idr.alloc(c, 5, 10);

    assertThat(all(table.idr.entriesInOrder())).containsExactly(b, c, a);
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(table.idr.find(1)).isNull();
    assertThat(table.idr.now()).isEmpty();
  }

  @Test
  void emptiedTableIsZeroedMemoryAgain() {
    table.idr.alloc(a, 1, 10);

    table.idr.remove(1);

    assertThat(table.idr.peek()).isNull();
  }

  @Test
  void hashDependsOnWhatIsWhere() {
    table.idr.alloc(a, 1, 10);
    table.idr.alloc(b, 1, 10);
    long before = Mix.of(table.idr.peek());
    table.idr.remove(1);
    table.idr.remove(2);
    table.idr.alloc(b, 1, 10);
    table.idr.alloc(a, 1, 10);

    assertThat(Mix.of(table.idr.peek())).isNotEqualTo(before);
    table.idr.remove(2);
    table.idr.alloc(a, 3, 10);
    table.idr.remove(1);
    table.idr.alloc(a, 1, 10);
    table.idr.remove(3);
    table.idr.alloc(b, 2, 10);
    assertThat(Mix.of(table.idr.peek())).isEqualTo(before);
  }

  @Test
  void useAfterFreeIsReported() {
    table.kfree();

    assertThat(bug(() -> table.idr.find(1)).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug(() -> table.idr.alloc(a, 1, 2)).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
  }
}
