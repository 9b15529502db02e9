package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** An {@code int} field. */
public final class Int extends Cell {
  Int(Struct struct, String label, int first) {
    super(struct, label);
    if (first != 0) {
      initialise(first);
    }
  }

  /** Reads the field. */
  public int get() {
    return asInt(load());
  }

  /** Writes the field. */
  public void set(int newValue) {
    store(newValue);
  }

  /** The value, unseen by the engine: for reports and checks at rest. */
  public int now() {
    return asInt(glance());
  }

  static int asInt(@Nullable Object value) {
    return value instanceof Integer number ? number : 0;
  }

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "0" : super.text(of);
  }
}
