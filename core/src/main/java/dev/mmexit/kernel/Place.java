package dev.mmexit.kernel;

/**
 * Where something happened: which context, in which function.
 *
 * @param context the thread's name
 * @param function the innermost modelled function, empty outside of any
 */
public record Place(String context, String function) {
  @Override
  public String toString() {
    return function.isEmpty() ? context : function + "() by " + context;
  }
}
