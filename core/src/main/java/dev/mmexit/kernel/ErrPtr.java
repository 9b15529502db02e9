package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What a function returns that returns a pointer, {@code NULL} or an {@code ERR_PTR}.
 *
 * @param pointer the pointer; null is {@code NULL}, and what an error has
 * @param error 0, or the negative errno
 */
public record ErrPtr<T extends Canonical>(@Nullable T pointer, int error) implements Canonical {
  /** A pointer that may be {@code NULL}. */
  public static <T extends Canonical> ErrPtr<T> of(@Nullable T pointer) {
    return new ErrPtr<>(pointer, 0);
  }

  /** {@code ERR_PTR(-errno)}. */
  public static <T extends Canonical> ErrPtr<T> error(int negativeErrno) {
    return new ErrPtr<>(null, negativeErrno);
  }

  /** {@code IS_ERR}. */
  public boolean isErr() {
    return error != 0;
  }

  @Override
  public long canonicalHash() {
    return Mix.chain(Mix.of(pointer), error) | 1;
  }
}
