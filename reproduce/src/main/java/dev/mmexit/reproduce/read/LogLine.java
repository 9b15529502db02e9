package dev.mmexit.reproduce.read;

/**
 * A line of a log without what mailers and loggers put before it.
 *
 * @param number its number in the log, from 1; of lines that were joined, that of the first
 * @param last the number of the last of the lines that were joined
 * @param caller who printed it, such as {@code T123} or {@code C1}; empty where that is not said
 * @param text what the kernel printed
 */
record LogLine(int number, int last, String caller, String text) {
  LogLine(int number, String caller, String text) {
    this(number, number, caller, text);
  }
}
