package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** A {@code bool} field. */
public final class Flag extends Cell {
  /** Plain, so that noting it is no fence: it is read at rest only, when all wait. */
  private @Nullable Context lastWriter;

  /** Whose sleepers wait for this to become false again; null for an ordinary field. */
  private final @Nullable WaitQueue queue;

  Flag(Struct struct, String label) {
    this(struct, label, null);
  }

  Flag(Struct struct, String label, @Nullable WaitQueue queue) {
    super(struct, label);
    this.queue = queue;
  }

  /** Reads the field. */
  public boolean get() {
    return Boolean.TRUE.equals(load());
  }

  /** Writes the field. */
  public void set(boolean newValue) {
    engine().writes(this);
    store(newValue);
    if (queue != null) {
      engine().owe(queue, newValue);
    }
  }

  /** Who wrote it last: whoever sets a flag that is waited for is expected to clear it. */
  public @Nullable Context lastWriter() {
    return lastWriter;
  }

  /** Notes who wrote it last: for engines only. */
  public void setLastWriter(@Nullable Context writer) {
    lastWriter = writer;
  }

  /** The value, unseen by the engine: for reports and checks at rest. */
  public boolean now() {
    return Boolean.TRUE.equals(glance());
  }

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "false" : super.text(of);
  }
}
