package dev.mmexit.bench;

import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scenarios that grow in one way. */
enum Growth {
  /** Threads that race: an exit and a detach, then more of both. */
  THREADS(2, 5) {
    @Override
    BenchScenario scenario(int size) throws IOException {
      return BenchScenario.resource(
          switch (size) {
            case 2 -> "exit-detach";
            case 3 -> "exit-exit-detach";
            case 4 -> "exit-exit-attach-detach";
            default -> "exit-exit-bind-attach-detach";
          });
    }
  },
  /** Operations of each of two threads: attach and detach against bind and unbind. */
  OPERATIONS(1, 4) {
    @Override
    BenchScenario scenario(int size) throws IOException {
      String rows =
          IntStream.range(0, size)
              .mapToObj(
                  row ->
                      row % 2 == 0
                          ? " attach C0 G1 | unbind C0 P0 ;"
                          : " detach C0 G1 | bind C0 P0 ;")
              .collect(Collectors.joining("\n"));
      return parse(
          "operations-" + size,
          "  group G0 = D0\n  group G1 = D1\n  process P0\n  attach C0 G0\n  bind C0 P0\n",
          " T0 | T1 ;\n" + rows);
    }
  },
  /** Groups that a process is bound to while it exits and one of them is detached. */
  GROUPS(1, 4) {
    @Override
    BenchScenario scenario(int size) throws IOException {
      return parse(
          "groups-" + size,
          each(size, "  group G%1$d = D%1$d\n")
              + "  process P0\n"
              + each(size, "  attach C0 G%d\n")
              + "  bind C0 P0\n",
          " T0 | T1 ;\n exit P0 | detach C0 G0 ;");
    }
  },
  /** Processes that are bound while one of them exits and the only group is detached. */
  PROCESSES(1, 3) {
    @Override
    BenchScenario scenario(int size) throws IOException {
      return parse(
          "processes-" + size,
          "  group G0 = D0\n"
              + each(size, "  process P%d\n")
              + "  attach C0 G0\n"
              + each(size, "  bind C0 P%d\n"),
          " T0 | T1 ;\n exit P0 | detach C0 G0 ;");
    }
  };

  private final int least;
  private final int most;

  Growth(int least, int most) {
    this.least = least;
    this.most = most;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** The scenario of a size. */
  abstract BenchScenario scenario(int size) throws IOException;

  /** What grows, in a word. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String each(int count, String line) {
    return IntStream.range(0, count)
        .mapToObj(number -> String.format(Locale.ROOT, line, number))
        .collect(Collectors.joining());
  }

  private static BenchScenario parse(String name, String setup, String threads) throws IOException {
    String text = "VFIO " + name + "\n{\n  container C0\n" + setup + "}\n" + threads + "\n";
    return new BenchScenario(name, ScenarioParser.parse(name, text, Variants.names()));
  }
}
