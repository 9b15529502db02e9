package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Mix;

/**
 * What the current step of a context has done so far, as far as it decides where the next one
 * begins, and what others may notice of it.
 */
final class StepSoFar {
  /** Whether a lock that others wait for was given up since the last scheduling point. */
  private boolean released = true;

  /** Whether this step has used something that others may interfere with. */
  private boolean interfered;

  /**
   * Whether others may have seen of this step, or this step of others, what decides what is used
   * next. At its start a context runs before others can go first.
   */
  private boolean entangled = true;

  /** A hash of what the last step used: it can be unordered with what others do next. */
  private long tail;

  private long number;

  /** The operations and plain accesses of this step, and how many up to the last that matters. */
  private int places;

  private int lastThatMatters;

  /** Whether an access that others may interfere with can belong to this step. */
  boolean canMerge() {
    return !released && !interfered;
  }

  boolean hasReleased() {
    return released;
  }

  /** Notes an operation or access that is about to be carried out. */
  void place(Interference others) {
    places++;
    if (others != Interference.NONE) {
      interfered |= others == Interference.USED;
      entangled |= others == Interference.USED;
      lastThatMatters = places;
    }
  }

  /** Notes that a lock is about to be taken, which others may hold or not. */
  void acquire(Interference others) {
    places++;
    if (others != Interference.NONE) {
      lastThatMatters = places;
    }
  }

  /** Notes a release, of a lock that others may wait for or of another. */
  void release(boolean contended) {
    places++;
    if (contended) {
      released = true;
      lastThatMatters = places;
    }
  }

  /** Notes that others may go on, or go another way, for what was done last. */
  void entangle() {
    entangled = true;
  }

  boolean isEntangled() {
    return entangled;
  }

  /** Notes that what was done last may matter to others. */
  void matters() {
    lastThatMatters = places;
  }

  /** Notes that a hold on memory is given up, which others may do too: the last one frees it. */
  void drop() {
    released = true;
    lastThatMatters = places;
  }

  /**
   * The call that may fail or not begins a step, to which nothing that interferes belongs. Nobody
   * else went first, so that what was used before it is still to be compared.
   */
  void beginWithChoice(long newNumber) {
    long before = tail;
    boolean entangledBefore = entangled;
    begin(newNumber);
    tail = before;
    entangled = entangledBefore;
    released = true;
    place(Interference.USED);
  }

  /** A step begins. */
  void begin(long newNumber) {
    number = newNumber;
    released = false;
    interfered = false;
    entangled = false;
    places = 0;
    lastThatMatters = 0;
    tail = 0;
  }

  /** Numbers what comes before the first scheduling point. */
  void number(long newNumber) {
    number = newNumber;
  }

  /** The last step ended at a scheduling point, or has not begun: nothing else is known of it. */
  void forget(long newNumber) {
    number = newNumber;
    released = true;
    interfered = false;
    entangled = true;
    places = 0;
    lastThatMatters = 0;
    tail = 0;
  }

  /** Notes what this step uses; in no order. */
  void touched(long cell) {
    tail += Mix.mix(cell);
  }

  /** Takes {@link #touched} back. */
  void untouched(long cell) {
    tail -= Mix.mix(cell);
  }

  /** What this step used that can still be unordered with what others do next; 0 for nothing. */
  long tail() {
    return tail;
  }

  /** A number that no other step of this context has. */
  long number() {
    return number;
  }

  /** The operations and plain accesses since the last scheduling point. */
  int places() {
    return places;
  }

  /** How many of {@link #places} there are up to the last that others can tell. */
  int lastThatMatters() {
    return lastThatMatters;
  }

  /** An operation begins. */
  void operationBegins() {
    released = true;
  }
}
