package dev.mmexit.generate;

/** Which scenarios are generated. */
public enum Plausibility {
  /**
   * Those that could happen: the rules of {@code docs/generate.md}, which are those of {@link
   * PlausibleUse}.
   */
  PLAUSIBLE,
  /** All that can be read and set up, and in which no object is there for nothing. */
  ANY
}
