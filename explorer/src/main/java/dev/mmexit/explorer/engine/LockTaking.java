package dev.mmexit.explorer.engine;

import java.util.List;

/**
 * A context that holds locks comes to one more, or to a wait.
 *
 * @param to what it takes or waits for
 * @param held what it holds and what others wait for it to do, in the order in which it began to
 */
public record LockTaking(LockClass to, List<Held> held) {
  public LockTaking {
    held = List.copyOf(held);
  }

  /**
   * Something that a context holds.
   *
   * @param lockClass its class
   * @param shared whether it is held for reading
   */
  public record Held(LockClass lockClass, boolean shared) {}
}
