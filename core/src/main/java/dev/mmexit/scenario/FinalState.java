package dev.mmexit.scenario;

import java.util.List;
import java.util.SortedMap;

/**
 * What a scenario lets one tell of a state in which everything has finished.
 *
 * @param registers the values of the registers, by {@code THREAD:REGISTER}
 * @param facts the atoms that hold, such as {@code attached(C0,G0)}
 * @param satisfies whether the scenario's condition holds here; false without one
 */
public record FinalState(
    SortedMap<String, Integer> registers, List<String> facts, boolean satisfies) {}
