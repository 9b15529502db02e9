package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Place;

/**
 * An access to the cell that is watched.
 *
 * @param place who made it, and in which function
 * @param offset how many operations and accesses of the same step came before it
 * @param write whether it was written
 * @param marked whether it was a marked access
 */
public record WatchedAccess(Place place, int offset, boolean write, boolean marked) {

  /** Whether the two, by different contexts, are a data race if nothing orders them. */
  public boolean conflictsWith(WatchedAccess other) {
    return (write || other.write) && !(marked && other.marked);
  }
}
