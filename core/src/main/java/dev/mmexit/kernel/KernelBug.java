package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The modelled kernel did something that ends the execution: a use after free, a corrupted list, a
 * misused lock. Thrown through the modelled code, which never catches it.
 */
public final class KernelBug extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FindingKind kind;
  private final transient @Nullable Struct object;

  private KernelBug(FindingKind kind, @Nullable Struct object, String message) {
    super(message);
    this.kind = kind;
    this.object = object;
  }

  /** A bug of {@code kind} on {@code object}. */
  public static KernelBug of(FindingKind kind, @Nullable Struct object, String message) {
    return new KernelBug(kind, object, message);
  }

  /** No stack trace: the frames of the modelled functions are known, and filling one is slow. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** What kind of bug it is. */
  public FindingKind kind() {
    return kind;
  }

  /** The object that it concerns; null where there is none. */
  public @Nullable Struct object() {
    return object;
  }

  /** The sentence that says what happened. */
  public String sentence() {
    String message = getMessage();
    return message == null ? kind.toString() : message;
  }
}
