package dev.mmexit.explorer;

import java.util.Locale;

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
}
