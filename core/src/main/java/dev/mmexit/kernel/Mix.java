package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** Bit mixing for fingerprints of states. */
public final class Mix {
  private Mix() {}

  /** A bijection of 64 bits in which every input bit changes half of the output bits. */
  public static long mix(long x) {
    long z = (x ^ (x >>> 32)) * 0xbea225f9eb34556dL;
    z = (z ^ (z >>> 29)) * 0xbea225f9eb34556dL;
    return z ^ (z >>> 29);
  }

  /** Appends {@code value} to the sequence that {@code hash} stands for. */
  public static long chain(long hash, long value) {
    return mix(hash * 0x9e3779b97f4a7c15L + value + 0x632be59bd9b4e019L);
  }

  /**
   * What stands for a cell's value. Zero, {@code false} and {@code NULL} give 0, so that freshly
   * zeroed memory adds nothing to a state.
   */
  public static long of(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof Canonical canonical) {
      return canonical.canonicalHash();
    }
    if (value instanceof Integer number) {
      return number == 0 ? 0 : mix(number);
    }
    if (value instanceof Boolean flag) {
      return flag ? 0x5bf03635aca0c8f3L : 0;
    }
    throw new IllegalArgumentException(
        "no canonical hash for a value of " + value.getClass().getName());
  }
}
