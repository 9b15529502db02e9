package dev.mmexit.explorer.compare;

/** How a scenario's results on two variants differ. What a reader must see comes first. */
public enum RowStatus {
  /** The other variant has a kind of finding that the base has not shown. */
  REGRESSED,
  /** The other variant, explored completely, lacks a kind of finding, and has no other one. */
  FIXED,
  /** The kinds are the same; final states, or findings of these kinds at other places, are not. */
  CHANGED,
  /** A bound ended an exploration, and nothing is known to have got worse: no SAME. */
  INCOMPLETE,
  /** Both are complete, with the same findings and final states. */
  SAME
}
