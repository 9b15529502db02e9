package dev.mmexit.reproduce.read;

/**
 * One line of a call trace.
 *
 * @param function the C function, without offset, module and what the compiler added to its name
 * @param reliable whether the unwinder stands for it; false behind {@code ?}
 */
public record Frame(String function, boolean reliable) {
  @Override
  public String toString() {
    return reliable ? function : "? " + function;
  }
}
