package dev.mmexit.lincheck;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** How much is run: the quick part of every build, or all with {@code -Pnightly}. */
final class Suite {
  /** What the quick run is to do with each of its scenarios. */
  private static final Map<String, String> QUICK = quick();

  private Suite() {}

  private static Map<String, String> quick() {
    try (InputStream list = Suite.class.getResourceAsStream("quick.txt")) {
      return new String(
              Objects.requireNonNull(list, "quick.txt").readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scenarios of the quick run. */
  static Set<String> quickNames() {
    return QUICK.keySet();
  }

  /** Whether all of its schedules have to be executed within the budget. */
  static boolean mustBeExhausted(Scenario scenario) {
    return "exhausted".equals(QUICK.get(scenario.name()));
  }

  /** Whether even a sample has to show something of what the scenario expects. */
  static boolean mustShow(Scenario scenario) {
    return "shown".equals(QUICK.get(scenario.name()));
  }

  /** The most executions of a scenario. */
  static long executions() {
    return Long.getLong("mmexit.lincheck.executions", 250);
  }

  /** How many scenarios Lincheck generates of operations. */
  static int iterations() {
    return Integer.getInteger("mmexit.lincheck.iterations", 1);
  }

  /** The most executions of each. */
  static int invocations() {
    return Integer.getInteger("mmexit.lincheck.invocations", 30);
  }

  /** The most races of real threads of each: each takes a fraction of a millisecond. */
  static int races() {
    return Integer.getInteger("mmexit.lincheck.races", 2000);
  }

  /** Whether a scenario is run: with one thread there is nothing to schedule. */
  static boolean includes(Scenario scenario) {
    String wanted = System.getProperty("mmexit.lincheck.scenarios", "quick");
    if (wanted.equals("quick")) {
      return QUICK.containsKey(scenario.name());
    }
    if (!wanted.equals("all")) {
      return List.of(wanted.split(",")).contains(scenario.name());
    }
    int threads = scenario.threads().size();
    return threads > 1 && threads <= Integer.getInteger("mmexit.lincheck.threads", 2);
  }

  /**
   * Of which kinds of findings traces are kept: of the first one that was seen, or of all. An
   * {@code exists} that nothing satisfies is no execution's finding.
   */
  static List<FindingKind> traced(Scenario scenario, Verdict verdict) {
    boolean all =
        "all".equals(System.getProperty("mmexit.lincheck.traces"))
            || scenario.name().equals("exit-vs-detach");
    return verdict.findings().keySet().stream()
        .filter(kind -> kind != FindingKind.CONDITION)
        .sorted(Comparator.comparing(kind -> verdict.findings().get(kind).execution()))
        .limit(all ? Long.MAX_VALUE : 1)
        .toList();
  }

  /** Why a scenario was not exhausted, for the table. */
  static String note(Verdict verdict) {
    return verdict.complete()
        ? ""
        : "more schedules than the budget of "
            + executions()
            + " executions: contexts contend at "
            + verdict.points()
            + " places";
  }
}
