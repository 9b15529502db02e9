package dev.mmexit.cli;

import dev.mmexit.reproduce.search.SearchListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a search is, on a terminal: what is proved stays, a line each, and below it a line is
 * rewritten while the search goes on. Nothing shows before it takes more than two seconds.
 */
final class SearchProgress implements SearchListener {
  private static final long DELAY = TimeUnit.SECONDS.toNanos(2);
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

  private final PrintWriter terminal;
  private final boolean enabled;
  private final LongSupplier nanoTime;
  private final long started;
  private int shown;
  private long next = DELAY;

  SearchProgress(PrintWriter terminal, boolean enabled, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.enabled = enabled;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  @Override
  public void searching(String stage, long done) {
    long elapsed = nanoTime.getAsLong() - started;
    if (!enabled || elapsed < next) {
      return;
    }
    next = elapsed + INTERVAL;
    show(
        String.format(
            Locale.ROOT, "%,d: %s, %d s", done, stage, TimeUnit.NANOSECONDS.toSeconds(elapsed)));
  }

  @Override
  public void proved(String sentence) {
    if (enabled) {
      clear();
      terminal.println(sentence);
      terminal.flush();
    }
  }

  /** Takes the line away. */
  void clear() {
    if (shown > 0) {
      show("");
      terminal.print('\r');
      terminal.flush();
    }
  }

  private void show(String line) {
    terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    terminal.flush();
    shown = line.length();
  }
}
