package dev.mmexit.explorer.result;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One distinct state in which every thread has finished.
 *
 * @param registers the registers by name, such as {@code T1:r0}
 * @param facts the atoms of conditions that are true in it, such as {@code attached(C0,G0)}
 */
public record FinalState(SortedMap<String, Long> registers, List<String> facts) {
  public FinalState {
    registers = Collections.unmodifiableSortedMap(new TreeMap<>(registers));
    facts = List.copyOf(facts);
  }
}
