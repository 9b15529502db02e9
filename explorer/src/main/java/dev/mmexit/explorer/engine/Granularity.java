package dev.mmexit.explorer.engine;

/** Where contexts can be switched. */
public enum Granularity {
  /** Where it can matter, as far as {@link Sharing} knows. */
  REDUCED,
  /** At every operation of a primitive, and at the first plain access after a release. */
  EVERY_OPERATION,
  /** At every operation and every plain access: what schedules count, whatever is explored. */
  EVERY_ACCESS
}
