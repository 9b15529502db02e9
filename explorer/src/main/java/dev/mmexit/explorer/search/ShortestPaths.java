package dev.mmexit.explorer.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shortest schedules to states of the graph: fewest preemptions first, then fewest steps. A
 * preemption is a switch away from a context that could have gone on. Whether a step is one depends
 * on who took the step before, so the nodes of this search are transitions, not states. Ties are
 * broken by the contexts' names, so that no search order changes the answer.
 */
final class ShortestPaths {
  /** No transition. */
  static final int NONE = -1;

  /** Those from one state in the order in which ties are broken, with ranks for labels. */
  private final long[] edges;

  /** For each state the index of its first transition; one more at the end. */
  private final int[] firstEdge;

  /**
   * For each transition the one before it on the shortest way; NONE: it starts there, -2: not met.
   */
  private final int[] parent;

  /** For each transition its place in the order in which they are met. */
  private final int[] order;

  /** For each state the transition that meets it first. */
  private final int[] arrivalOf;

  private int met;

  private final int[] ranks;

  /** For each rank the label. */
  private final int[] labels;

  /** For each rank the label of its context: a call of the context may fail or not. */
  private final int[] contexts;

  /**
   * The shortest schedules to the states of a graph.
   *
   * @param ranks the place of each label among all when ties are broken
   * @param contextOf for each label that of its context
   */
  ShortestPaths(StateGraph graph, int states, int[] ranks, int[] contextOf) {
    this.ranks = ranks;
    labels = new int[ranks.length];
    contexts = new int[ranks.length];
    for (int label = 0; label < ranks.length; label++) {
      labels[ranks[label]] = label;
      contexts[ranks[label]] = contextOf[label];
    }
    edges = graph.sorted(ranks);
    firstEdge = new int[states + 1];
    for (long edge : edges) {
      firstEdge[StateGraph.from(edge) + 1]++;
    }
    for (int i = 0; i < states; i++) {
      firstEdge[i + 1] += firstEdge[i];
    }
    parent = new int[edges.length];
    Arrays.fill(parent, -2);
    order = new int[edges.length];
    arrivalOf = new int[states];
    Arrays.fill(arrivalOf, NONE);
    search();
  }

  /**
   * A state that some schedule comes back to, which goes round without end; NONE: there is none.
   */
  int stateOnCycle() {
    int states = arrivalOf.length;
    int[] incoming = new int[states];
    for (long edge : edges) {
      if (StateGraph.to(edge) != StateGraph.BUG) {
        incoming[StateGraph.to(edge)]++;
      }
    }
    int[] queue = new int[states];
    int tail = 0;
    for (int i = 0; i < states; i++) {
      if (incoming[i] == 0) {
        queue[tail++] = i;
      }
    }
    for (int head = 0; head < tail; head++) {
      int state = queue[head];
      for (int e = firstEdge[state]; e < firstEdge[state + 1]; e++) {
        int to = StateGraph.to(edges[e]);
        if (to != StateGraph.BUG && --incoming[to] == 0) {
          queue[tail++] = to;
        }
      }
    }
    for (int i = 0; tail < states && i < states; i++) {
      if (incoming[i] > 0) {
        return i;
      }
    }
    return NONE;
  }

  private void search() {
    List<IntQueue> level = new ArrayList<>();
    relax(NONE, 0, NONE, level, level, 0);
    while (!level.isEmpty()) {
      List<IntQueue> nextLevel = new ArrayList<>();
      for (int steps = 0; steps < level.size(); steps++) {
        IntQueue queue = level.get(steps);
        for (int i = 0; i < queue.size; i += 2) {
          int edge = queue.items[i];
          if (parent[edge] != -2) {
            continue;
          }
          parent[edge] = queue.items[i + 1];
          order[edge] = met++;
          int state = StateGraph.to(edges[edge]);
          if (state == StateGraph.BUG) {
            continue;
          }
          if (arrivalOf[state] == NONE) {
            arrivalOf[state] = edge;
          }
          relax(edge, state, contextOf(edge), level, nextLevel, steps + 1);
        }
      }
      level = nextLevel;
    }
  }

  /** Puts what follows {@code via} on the queues: without a preemption, or with one more. */
  private void relax(
      int via, int state, int last, List<IntQueue> level, List<IntQueue> nextLevel, int steps) {
    int from = firstEdge[state];
    int to = firstEdge[state + 1];
    boolean lastCouldGoOn = false;
    for (int e = from; e < to; e++) {
      lastCouldGoOn |= contextOf(e) == last;
    }
    for (int e = from; e < to; e++) {
      if (parent[e] == -2) {
        boolean preempts = lastCouldGoOn && contextOf(e) != last;
        IntQueue.at(preempts ? nextLevel : level, steps).add(e, via);
      }
    }
  }

  private int contextOf(int edge) {
    return contexts[StateGraph.label(edges[edge])];
  }

  private int label(int edge) {
    return labels[StateGraph.label(edges[edge])];
  }

  /** The transition that shows an occurrence first; NONE for one in the initial state. */
  private int edgeOf(Findings.Occurrence occurrence) {
    if (occurrence.first() == Findings.NO_STEP) {
      return occurrence.state() == 0 ? NONE : arrivalOf[occurrence.state()];
    }
    return edge(occurrence.state(), occurrence.first());
  }

  /** The transition of {@code label} from {@code state}. */
  int edge(int state, int label) {
    for (int e = firstEdge[state]; e < firstEdge[state + 1]; e++) {
      if (label(e) == label) {
        return e;
      }
    }
    throw new IllegalStateException("a finding on a transition that is not in the graph");
  }

  /** Which of two transitions is met first. */
  int earlier(int one, int other) {
    return order(one) <= order(other) ? one : other;
  }

  /** The place of a transition among those that are met, before all for {@link #NONE}. */
  int order(int edge) {
    return edge == NONE ? -1 : order[edge];
  }

  /** The shortest of the schedules that show a finding, as labels. */
  int[] shortest(List<Findings.Occurrence> occurrences) {
    Findings.Occurrence best = null;
    int bestOrder = Integer.MAX_VALUE;
    for (Findings.Occurrence occurrence : occurrences) {
      int edge = edgeOf(occurrence);
      int at = order(edge);
      if (best == null
          || at < bestOrder
          || (at == bestOrder && rank(occurrence.second()) < rank(best.second()))) {
        best = occurrence;
        bestOrder = at;
      }
    }
    if (best == null) {
      throw new IllegalStateException("a finding without an occurrence");
    }
    int[] path = pathOf(edgeOf(best));
    if (best.second() != Findings.NO_STEP) {
      path = Arrays.copyOf(path, path.length + 1);
      path[path.length - 1] = best.second();
    }
    return path;
  }

  private int rank(int label) {
    return label < 0 ? -1 : ranks[label];
  }

  /** The shortest schedule that ends in a transition, as labels. */
  int[] pathOf(int lastEdge) {
    int length = 0;
    for (int e = lastEdge; e >= 0; e = parent[e]) {
      length++;
    }
    int[] path = new int[length];
    for (int e = lastEdge; e >= 0; e = parent[e]) {
      path[--length] = label(e);
    }
    return path;
  }

  /** A growing queue of pairs of numbers. */
  private static final class IntQueue {
    private int[] items = new int[16];
    private int size;

    static IntQueue at(List<IntQueue> queues, int index) {
      while (queues.size() <= index) {
        queues.add(new IntQueue());
      }
      return queues.get(index);
    }

    void add(int first, int second) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size++] = first;
      items[size++] = second;
    }
  }
}
