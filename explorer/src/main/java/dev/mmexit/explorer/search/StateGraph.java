package dev.mmexit.explorer.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The transitions that were found, eight bytes each: from which state, which context's step, to
 * which state. Shortest schedules and cycles are read off it, without exploring again.
 */
final class StateGraph {
  private static final int STATE_BITS = 28;
  private static final int MAX_STATES = 1 << STATE_BITS;

  /** The end of a step that a bug cut short: not a state. */
  static final int BUG = MAX_STATES - 1;

  private final List<Part> parts = new ArrayList<>();

  /** The transitions that one worker finds. */
  static final class Part {
    private long[] edges = new long[256];
    private int size;

    void add(int from, int label, int to) {
      if (from >= BUG || to > BUG) {
        throw new TooLarge("more than " + MAX_STATES + " states");
      }
      if (size == edges.length) {
        edges = Arrays.copyOf(edges, size + size / 2);
      }
      edges[size++] = edge(from, label, to);
    }

    int size() {
      return size;
    }
  }

  /** A part for one worker. */
  synchronized Part newPart() {
    Part part = new Part();
    parts.add(part);
    return part;
  }

  /** The number of transitions. */
  long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /**
   * All transitions, ordered by the state that they leave and then by the rank of their label,
   * which stands in the place of the label.
   *
   * @param ranks the rank of each label: numbers from 0, each once
   */
  long[] sorted(int[] ranks) {
    long[] all = new long[(int) size()];
    int at = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.size; i++) {
        long edge = part.edges[i];
        all[at++] = edge(from(edge), ranks[label(edge)], to(edge));
      }
    }
    Arrays.sort(all);
    return all;
  }

  private static long edge(int from, int label, int to) {
    return ((long) from << (STATE_BITS + 8)) | ((long) label << STATE_BITS) | to;
  }

  static int from(long edge) {
    return (int) (edge >>> (STATE_BITS + 8));
  }

  static int label(long edge) {
    return (int) (edge >>> STATE_BITS) & 0xff;
  }

  static int to(long edge) {
    return (int) edge & (MAX_STATES - 1);
  }
}
