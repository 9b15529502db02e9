package dev.mmexit.explorer;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of freed memory. */
public enum MemoryModel {
  /** It is never handed out again, and any use of it is reported. */
  KASAN,
  /** It is handed out again, last in first out. */
  SLUB;

  /** The name in scenarios and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The model of that name; null for null and for what is no name. */
  public static @Nullable MemoryModel parse(@Nullable String label) {
    return Arrays.stream(values())
        .filter(model -> model.label().equals(label))
        .findFirst()
        .orElse(null);
  }
}
