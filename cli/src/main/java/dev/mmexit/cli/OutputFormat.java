package dev.mmexit.cli;

import java.util.Locale;

/** What {@code --format} can be; not every command has every format. */
enum OutputFormat {
  TEXT,
  JSON,
  DOT;

  /** What the user writes. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
