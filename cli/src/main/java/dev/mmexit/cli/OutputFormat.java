package dev.mmexit.cli;

/** What {@code --format} can be. */
enum OutputFormat {
  TEXT,
  JSON,
  DOT
}
