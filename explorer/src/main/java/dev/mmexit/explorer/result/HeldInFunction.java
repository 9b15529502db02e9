package dev.mmexit.explorer.result;

import java.util.List;

/**
 * What is held where a modelled function is called, over all that was explored: locks, and events
 * that the caller owes.
 *
 * @param function the C function
 * @param always what every caller holds, sorted
 * @param sometimes what some callers hold and others do not, sorted
 */
public record HeldInFunction(String function, List<String> always, List<String> sometimes) {
  public HeldInFunction {
    always = List.copyOf(always);
    sometimes = List.copyOf(sometimes);
  }
}
