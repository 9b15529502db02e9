package dev.mmexit.kernel;

/**
 * A value that can be in a cell and that has the same name in every execution that reaches the same
 * state. An explorer hashes memory through this, never through Java's identity.
 */
public interface Canonical {
  /** 64 well-mixed bits that stand for this value; never 0, which stands for {@code NULL}. */
  long canonicalHash();
}
