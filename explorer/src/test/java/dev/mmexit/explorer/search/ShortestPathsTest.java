package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShortestPathsTest {
  private static final int LABELS = 3;

  @Property(tries = 500)
  void areAsShortAsAnyOther(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int wanted) {
    SplittableRandom random = new SplittableRandom(seed);
    // For each state who goes where; -1: nowhere.
    int[][] next = new int[wanted][LABELS];
    for (int[] row : next) {
      for (int label = 0; label < LABELS; label++) {
        row[label] = random.nextInt(-1, wanted);
      }
    }
    Map<List<Integer>, int[]> best = costs(next);
    StateGraph graph = new StateGraph();
    StateGraph.Part part = graph.newPart();
    for (int state = 0; state < wanted; state++) {
      for (int label = 0; label < LABELS; label++) {
        if (next[state][label] >= 0) {
          part.add(state, label, next[state][label]);
        }
      }
    }
    ShortestPaths paths =
        new ShortestPaths(graph, wanted, new int[] {2, 0, 1}, new int[] {0, 1, 2});
    for (int state = 1; state < wanted; state++) {
      int[] least = least(best, state);
      if (least != null) {
        int[] labels =
            paths.shortest(
                List.of(new Findings.Occurrence(state, Findings.NO_STEP, Findings.NO_STEP)));
        assertThat(cost(next, labels, state)).isEqualTo(least);
      }
    }
  }

  @Test
  void theInitialStateNeedsNoSteps() {
    StateGraph graph = new StateGraph();
    graph.newPart().add(0, 0, StateGraph.BUG);
    ShortestPaths paths = new ShortestPaths(graph, 1, new int[] {0}, new int[] {0});
    assertThat(
            paths.shortest(List.of(new Findings.Occurrence(0, Findings.NO_STEP, Findings.NO_STEP))))
        .isEmpty();
    assertThat(paths.shortest(List.of(new Findings.Occurrence(0, 0, Findings.NO_STEP))))
        .containsExactly(0);
    assertThat(paths.stateOnCycle()).isNegative();
  }

  @Test
  void goingOnAfterAFailedCallIsNoPreemption() {
    StateGraph graph = new StateGraph();
    StateGraph.Part part = graph.newPart();
    int t0 = 0;
    int t1 = 1;
    int t0Fails = 2;
    part.add(0, t0, 1);
    part.add(0, t0Fails, 2);
    part.add(2, t0, 3);
    part.add(2, t1, 4);
    part.add(3, t1, 5);
    part.add(4, t0, 5);
    ShortestPaths paths = new ShortestPaths(graph, 6, new int[] {2, 0, 1}, new int[] {t0, t1, t0});
    assertThat(
            paths.shortest(List.of(new Findings.Occurrence(5, Findings.NO_STEP, Findings.NO_STEP))))
        .containsExactly(t0Fails, t0, t1);
  }

  @Test
  void cyclesAreSeen() {
    StateGraph graph = new StateGraph();
    StateGraph.Part part = graph.newPart();
    part.add(0, 0, 1);
    part.add(1, 0, 2);
    part.add(2, 0, 1);
    assertThat(new ShortestPaths(graph, 3, new int[] {0}, new int[] {0}).stateOnCycle())
        .isPositive();
  }

  /** The least preemptions and steps for each state and last label, until nothing changes. */
  private static Map<List<Integer>, int[]> costs(int[][] next) {
    Map<List<Integer>, int[]> best = new HashMap<>();
    best.put(List.of(0, -1), new int[] {0, 0});
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<List<Integer>, int[]> entry : new ArrayList<>(best.entrySet())) {
        int state = entry.getKey().get(0);
        int last = entry.getKey().get(1);
        for (int label = 0; label < LABELS; label++) {
          if (next[state][label] >= 0) {
            int[] old = entry.getValue();
            int[] cost = {old[0] + preempts(next, state, last, label), old[1] + 1};
            List<Integer> there = List.of(next[state][label], label);
            if (!best.containsKey(there) || Arrays.compare(cost, best.get(there)) < 0) {
              best.put(there, cost);
              changed = true;
            }
          }
        }
      }
    }
    return best;
  }

  private static int preempts(int[][] next, int state, int last, int label) {
    return last >= 0 && last != label && next[state][last] >= 0 ? 1 : 0;
  }

  private static int[] least(Map<List<Integer>, int[]> best, int state) {
    return best.entrySet().stream()
        .filter(entry -> entry.getKey().get(0) == state)
        .map(Map.Entry::getValue)
        .min(Arrays::compare)
        .orElse(null);
  }

  private static int[] cost(int[][] next, int[] labels, int end) {
    int state = 0;
    int last = -1;
    int preemptions = 0;
    for (int label : labels) {
      preemptions += preempts(next, state, last, label);
      state = next[state][label];
      last = label;
    }
    assertThat(state).isEqualTo(end);
    return new int[] {preemptions, labels.length};
  }
}
