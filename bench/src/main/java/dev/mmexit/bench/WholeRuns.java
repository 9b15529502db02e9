package dev.mmexit.bench;

import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import dev.mmexit.explorer.search.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Times whole explorations on the Java virtual machine that runs this, and prints CSV: {@code
 * compare SECONDS FILE...} for the comparison of engines, {@code grow SECONDS} for how cost grows.
 * Each is run twice, and the second run counts.
 */
public final class WholeRuns {
  private static final int RUNS = 2;

  private WholeRuns() {}

  /** Prints the rows. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2 || !List.of("compare", "grow").contains(args[0])) {
      System.err.println("usage: WholeRuns compare SECONDS FILE... | WholeRuns grow SECONDS");
      System.exit(2);
    }
    double limit = Double.parseDouble(args[1]);
    if (args[0].equals("grow")) {
      grow(limit, System.out);
      return;
    }
    for (String file : List.of(args).subList(2, args.length)) {
      compare(BenchScenario.file(Path.of(file)), limit, System.out);
    }
  }

  /** {@code scenario,engine,first,work,seconds,complete}, for each way to explore. */
  static void compare(BenchScenario scenario, double limit, PrintStream out) {
    String jdk = "JDK " + Runtime.version().feature();
    for (boolean reduction : new boolean[] {true, false}) {
      // Without the reduction there is one worker in any case.
      for (int workers = 1; workers <= (reduction ? 2 : 1); workers++) {
        Timed timed = time(scenario, limit, workers, reduction);
        String engine =
            "explorer, "
                + jdk
                + (workers == 1 ? ", 1 worker" : ", 2 workers")
                + (reduction ? "" : ", no reduction");
        out.printf(
            Locale.ROOT,
            "%s,\"%s\",%s,\"%,d states\",%.3f,%s%n",
            scenario.name(),
            engine,
            timed.first < 0 ? "" : String.format(Locale.ROOT, "%.3f", timed.first),
            timed.exploration.states(),
            timed.seconds,
            timed.exploration.isComplete());
      }
    }
  }

  /** {@code growth,size,states,seconds,complete}, on one worker. */
  static void grow(double limit, PrintStream out) throws IOException {
    for (Growth growth : Growth.values()) {
      for (int size = growth.least(); size <= growth.most(); size++) {
        Timed timed = time(growth.scenario(size), limit, 1, true);
        out.printf(
            Locale.ROOT,
            "%s,%d,%d,%.3f,%s%n",
            growth.label(),
            size,
            timed.exploration.states(),
            timed.seconds,
            timed.exploration.isComplete());
      }
    }
  }

  /**
   * A run.
   *
   * @param first the seconds to the first finding; negative where there is none
   */
  private record Timed(Exploration exploration, double first, double seconds) {}

  private static Timed time(BenchScenario scenario, double limit, int workers, boolean reduction) {
    Timed timed = null;
    for (int run = 0; run < RUNS; run++) {
      FirstFinding first = new FirstFinding();
      Exploration exploration =
          scenario.explore(new Bounds(limit, null, null), workers, reduction, first);
      timed = new Timed(exploration, first.seconds(), first.elapsed());
      if (!exploration.isComplete()) {
        break;
      }
    }
    if (timed == null) {
      throw new IllegalStateException("nothing was run");
    }
    return timed;
  }

  /** Notes when there is a finding first. */
  private static final class FirstFinding implements Progress {
    private final long start = System.nanoTime();
    private volatile long at = -1;

    @Override
    public void at(long states, long executions, int findings) {
      if (findings > 0 && at < 0) {
        at = System.nanoTime();
      }
    }

    double seconds() {
      return at < 0 ? -1 : (at - start) / 1e9;
    }

    double elapsed() {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
