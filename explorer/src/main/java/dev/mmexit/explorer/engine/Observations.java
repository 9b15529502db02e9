package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Mix;
import java.util.Arrays;

/**
 * What a context has observed since its operation began, as a running hash of 128 bits. What was
 * observed in a function that has returned counts no more, but for the value that it returned.
 */
final class Observations {
  /** Some contexts call no function. */
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

  /** Is what it was once more. */
  void back(Kept now) {
    hash0 = now.hash0;
    hash1 = now.hash1;
    functionHash = now.functionHash;
    depth = now.saved.length;
    if (saved.length < depth) {
      saved = new long[Math.max(FIRST_SIZE, depth * 2)];
    }
    System.arraycopy(now.saved, 0, saved, 0, depth);
  }

  /** Begins the operation with this number: everything observed before is forgotten. */
  void begin(int operation) {
    hash0 = Mix.chain(key, operation);
    hash1 = Mix.chain(~key, operation);
    depth = 0;
    functionHash = 0;
  }

  void add(long value) {
    chain(value);
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
