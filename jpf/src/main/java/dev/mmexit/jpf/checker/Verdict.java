package dev.mmexit.jpf.checker;

import java.util.Map;
import java.util.Set;

/**
 * What Java PathFinder says of a scenario.
 *
 * @param findings a sentence for each kind
 * @param complete whether every state was seen; what is not found is not there only then
 * @param states the states of the last exploration
 * @param explorations how many there were until none saw new places to switch threads at
 * @param places at how many places threads were switched
 * @param finalStates what registers and facts are when everything has ended, as texts
 * @param statesToFirst the states until the first finding; 0 for none
 * @param secondsToFirst the time until then; 0 for none
 * @param seconds the time of all explorations
 */
public record Verdict(
    Map<String, String> findings,
    boolean complete,
    long states,
    int explorations,
    int places,
    Set<String> finalStates,
    long statesToFirst,
    double secondsToFirst,
    double seconds) {}
