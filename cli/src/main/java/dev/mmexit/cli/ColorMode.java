package dev.mmexit.cli;

/** What {@code --color} can be. */
enum ColorMode {
  AUTO,
  ALWAYS,
  NEVER
}
