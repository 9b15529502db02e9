package dev.mmexit.explorer.engine;

/** What another context can do at the moment of an access. */
enum Interference {
  /** Nothing that conflicts with it. */
  NONE,
  /**
   * Free the object. That is found at the first access after it, whichever that is: one scheduling
   * point for several accesses is enough.
   */
  FREED,
  /** Make a conflicting access. */
  USED
}
