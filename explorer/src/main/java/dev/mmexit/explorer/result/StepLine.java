package dev.mmexit.explorer.result;

/**
 * One thing that a thread did in a step.
 *
 * @param depth how many functions deep, 0 for the outermost
 * @param function the innermost function that did it
 * @param text what it did, such as {@code lock iommu->lock (C0)}; empty where it only entered the
 *     function
 */
public record StepLine(int depth, String function, String text) {
  public StepLine {
    if (depth < 0) {
      throw new IllegalArgumentException("a depth is 0 or more, not " + depth);
    }
  }
}
