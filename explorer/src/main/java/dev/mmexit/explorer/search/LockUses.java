package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.LockTable;
import dev.mmexit.explorer.engine.LockTaking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which transitions take locks while others are held: for each of them which, as a number of the
 * {@link LockTable}. Eight bytes for such a transition, as in the {@link StateGraph}.
 */
final class LockUses {
  private static final int STATE_BITS = 28;

  /** No context's step: what all contexts do before their first steps. */
  private static final int START = 0xff;

  private final LockTable table = new LockTable();
  private final List<Part> parts = new ArrayList<>();

  /** What one worker finds. */
  static final class Part {
    private long[] uses = new long[64];
    private int size;

    /** Notes what the step of {@code label} from the state {@code from} takes. */
    void add(int from, int label, int sequence) {
      if (sequence == LockTable.NOTHING) {
        return;
      }
      if (size == uses.length) {
        uses = Arrays.copyOf(uses, size + size / 2);
      }
      uses[size++] = ((long) from << (STATE_BITS + 8)) | ((long) label << STATE_BITS) | sequence;
    }

    /** Notes what is taken before the first step of an execution. */
    void addStart(int sequence) {
      add(0, START, sequence);
    }
  }

  LockTable table() {
    return table;
  }

  /** A part for one worker. */
  synchronized Part newPart() {
    Part part = new Part();
    parts.add(part);
    return part;
  }

  /**
   * Everything that is taken while something is held, with the shortest schedule to it; what needs
   * the shortest of all comes first.
   */
  Map<LockTaking, int[]> shortest(ShortestPaths paths) {
    Map<Integer, Integer> bySequence = new HashMap<>();
    for (Part part : parts) {
      for (int i = 0; i < part.size; i++) {
        int label = (int) (part.uses[i] >>> STATE_BITS) & 0xff;
        int from = (int) (part.uses[i] >>> (STATE_BITS + 8));
        int edge = label == START ? ShortestPaths.NONE : paths.edge(from, label);
        int sequence = (int) part.uses[i] & ((1 << STATE_BITS) - 1);
        bySequence.merge(sequence, edge, paths::earlier);
      }
    }
    Map<LockTaking, Integer> best = new HashMap<>();
    bySequence.forEach(
        (sequence, edge) ->
            table.takings(sequence).forEach(taking -> best.merge(taking, edge, paths::earlier)));
    List<LockTaking> inOrder = new ArrayList<>(best.keySet());
    inOrder.sort(
        Comparator.comparingInt((LockTaking taking) -> paths.order(best.getOrDefault(taking, 0)))
            .thenComparing(Object::toString));
    Map<LockTaking, int[]> shortest = new LinkedHashMap<>();
    inOrder.forEach(
        taking ->
            shortest.put(taking, paths.pathOf(best.getOrDefault(taking, ShortestPaths.NONE))));
    return shortest;
  }
}
