package dev.mmexit.explorer.lockorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.engine.LockClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CyclesTest {
  @Test
  void eachCycleIsThereOnceFromItsFirstName() {
    assertThat(Cycles.of(edges("ca", "ab", "bc", "ba", "cd", "dd", "ed")))
        .containsExactly(List.of("d"), List.of("a", "b"), List.of("a", "b", "c"));
  }

  @Test
  void anOrderHasNone() {
    assertThat(Cycles.of(edges("ab", "ac", "bc", "bd", "cd"))).isEmpty();
    assertThat(Cycles.of(List.of())).isEmpty();
  }

  @Test
  void theOrderOfEdgesDoesNotMatter() {
    List<Dependency> edges = edges("ab", "bc", "cd", "da", "db", "ca", "ac");
    List<List<String>> cycles = Cycles.of(edges);
    for (int i = 0; i < edges.size(); i++) {
      Collections.rotate(edges, 1);
      assertThat(Cycles.of(edges)).isEqualTo(cycles);
    }
  }

  /** Among 8 locks that are all taken in every order there are 16072 cycles. */
  @Test
  void ofTooManyTheShortestThroughEachEdge() {
    List<String> all = new ArrayList<>();
    for (char from = 'a'; from <= 'h'; from++) {
      for (char to = 'a'; to <= 'h'; to++) {
        if (from != to) {
          all.add("" + from + to);
        }
      }
    }
    assertThat(Cycles.of(edges(all.toArray(String[]::new))))
        .hasSize(8 * 7 / 2)
        .allSatisfy(cycle -> assertThat(cycle).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource({"a, a", "ba, ab", "cab, abc", "aa, a", "abab, ab", "caba, abac", "bcbc, bc"})
  void aCycleHasOneForm(String told, String form) {
    assertThat(String.join("", Cycles.canonical(List.of(told.split(""))))).isEqualTo(form);
  }

  private static List<Dependency> edges(String... edges) {
    return new ArrayList<>(
        Arrays.stream(edges)
            .map(edge -> new Dependency(lock(edge.substring(0, 1)), lock(edge.substring(1))))
            .toList());
  }

  private static LockClass lock(String name) {
    return new LockClass(name, false, false);
  }
}
