package dev.mmexit.cli;

import dev.mmexit.explorer.ProgressListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal, rewritten while a run goes on and gone at its end. It shows once the run
 * takes more than two seconds.
 */
final class ProgressPrinter implements ProgressListener {
  private static final long DELAY = TimeUnit.SECONDS.toNanos(2);
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int WIDTH = 79;

  private final PrintWriter terminal;
  private final boolean enabled;
  private final LongSupplier nanoTime;
  private final long started;
  private final int scenarios;
  private int number;
  private String name = "";
  private int shown;
  private long next;

  /**
   * Starts the clock.
   *
   * @param enabled whether there is someone to see it
   * @param scenarios how many scenarios the run has
   */
  ProgressPrinter(PrintWriter terminal, boolean enabled, LongSupplier nanoTime, int scenarios) {
    this.terminal = terminal;
    this.enabled = enabled;
    this.nanoTime = nanoTime;
    this.scenarios = scenarios;
    started = nanoTime.getAsLong();
    next = DELAY;
  }

  /** Goes on to the next scenario. */
  synchronized void begin(String scenario) {
    number++;
    name = scenario;
    progress(0, 0, 0);
  }

  @Override
  public synchronized void progress(long states, long executions, int findings) {
    say(
        () ->
            String.format(
                Locale.ROOT,
                "%d/%d %s: %,d states, %,d executions, %d findings",
                number,
                scenarios,
                name,
                states,
                executions,
                findings));
  }

  /** Shows how far it is, with the seconds that it took, if it is time to show something. */
  synchronized void say(Supplier<String> words) {
    long elapsed = nanoTime.getAsLong() - started;
    if (!enabled || elapsed < next) {
      return;
    }
    next = elapsed + INTERVAL;
    String line = words.get() + ", " + TimeUnit.NANOSECONDS.toSeconds(elapsed) + " s";
    show(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
  }

  /** Takes the line away. */
  synchronized void clear() {
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
