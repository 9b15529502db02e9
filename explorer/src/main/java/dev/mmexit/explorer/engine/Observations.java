package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Mix;
import java.util.Arrays;

/**
 * What a context has observed since its operation began, as a running hash of 128 bits. What was
 * observed in a function that has returned counts no more, but for the value that it returned.
 */
final class Observations {
  /** Most contexts repeat the steps of an execution before, and need none. */
  private static final long[] NONE = {};

  private static final int FIRST_SIZE = 48;
  private static final long POSITION = 0x3c6ef372fe94f82bL;
  private static final long ENTERED = 0x6a09e667bb67ae85L;

  private final long key;
  private long hash0;
  private long hash1;

  /** What was observed before each open function, and {@link #functionHash} of its caller. */
  private long[] saved = NONE;

  private int depth;

  /** Tells the innermost open function from others. */
  private int functionHash;

  /** Whether this is kept up to date. */
  private boolean on = true;

  /**
   * Nothing was observed.
   *
   * @param key tells the context from others
   */
  Observations(long key) {
    this.key = key;
    begin(0);
  }

  /** What was observed at some moment. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(long hash0, long hash1, int functionHash, long[] saved) {}

  /** What was observed up to now. */
  Kept keep() {
    return new Kept(hash0, hash1, functionHash, Arrays.copyOf(saved, depth));
  }

  /** Stays as it is until {@link #goOn}: nobody asks for it. */
  void stop() {
    on = false;
  }

  /** Whether this is kept up to date. */
  boolean isOn() {
    return on;
  }

  /** Is kept up to date again, and is this by now. */
  void goOn(Kept now) {
    on = true;
    hash0 = now.hash0;
    hash1 = now.hash1;
    functionHash = now.functionHash;
    depth = now.saved.length;
    saved = Arrays.copyOf(now.saved, Math.max(FIRST_SIZE, depth * 2));
  }

  /** Begins the operation with this number: everything observed before is forgotten. */
  void begin(int operation) {
    hash0 = Mix.chain(key, operation);
    hash1 = Mix.chain(~key, operation);
    depth = 0;
    functionHash = 0;
  }

  void add(long value) {
    if (on) {
      chain(value);
    }
  }

  private void chain(long value) {
    hash0 = Mix.chain(hash0, value);
    hash1 = Mix.chain(hash1, value ^ POSITION);
  }

  /** Where the context is, as a number that no other moment of any context has. */
  long position() {
    chain(POSITION);
    return Mix.mix(hash0 ^ Long.rotateLeft(hash1, 32));
  }

  void open(String function) {
    if (!on) {
      return;
    }
    if (depth == saved.length) {
      saved = Arrays.copyOf(saved, Math.max(FIRST_SIZE, depth * 2));
    }
    saved[depth++] = hash0;
    saved[depth++] = hash1;
    saved[depth++] = functionHash;
    functionHash = function.hashCode();
    // A place in the function must not look like one behind it, where its result was observed.
    chain(ENTERED);
  }

  void close(long result) {
    if (!on) {
      return;
    }
    functionHash = (int) saved[--depth];
    hash1 = saved[--depth];
    hash0 = saved[--depth];
    chain(result);
  }

  /** The innermost open function as a number, which other functions hardly have. */
  int functionHash() {
    return functionHash;
  }

  long hash0() {
    return hash0;
  }

  long hash1() {
    return hash1;
  }
}
