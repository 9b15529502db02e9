package dev.mmexit.jpf.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Expectation;
import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java PathFinder says of each scenario what its {@code expect} line does, and comes to the final
 * states that the explorer comes to.
 */
class ScenarioTest {
  private static final Path CATALOGUE = Path.of("../scenarios");
  private static final Path RESULTS = Path.of("target/jpf/jpf.csv");
  private static final Path PROPERTIES = Path.of("src/main/jpf/scenario.jpf");
  private static final String V2 = "v2";

  /** A few that take seconds, of every kind of end. */
  private static final Set<String> QUICK =
      Set.of(
          "attach-vs-attach",
          "bind-vs-detach-nodd",
          "bind-vs-unbind",
          "exit-vs-attach-mdev",
          "exit-vs-detach",
          "exit-vs-detach-nodd",
          "exit-vs-unbind",
          "fail-any-bind-vs-detach",
          "vfio-set-vs-set-2c");

  private static final Map<String, String> ROWS = new TreeMap<>();

  /** The lines that a virtual machine of its own prints, the last of which is the row. */
  private static List<String> explore(String scenario, Path file, long seconds)
      throws IOException, InterruptedException {
    return explore(scenario, file, seconds, PROPERTIES);
  }

  private static List<String> explore(String scenario, Path file, long seconds, Path properties)
      throws IOException, InterruptedException {
    Path output =
        Files.createDirectories(RESULTS.resolveSibling("logs")).resolve(scenario + ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                properties.toString(),
                file.toString(),
                String.valueOf(seconds),
                RESULTS.resolveSibling("programs").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as("see %s", output).isZero();
    return Files.readAllLines(output);
  }

  @TestFactory
  Stream<DynamicTest> verdict() throws IOException {
    try (Stream<Path> files = Files.walk(CATALOGUE)) {
      return files
          .filter(file -> file.toString().endsWith(".litmus"))
          .sorted()
          .filter(ScenarioTest::isIncluded)
          .toList()
          .stream()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> verdictOf(file)));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".litmus", "");
  }

  private static Scenario read(Path file) {
    ParseResult result = ScenarioParser.parseFile(file, Variants.names());
    assertThat(result.diagnostics()).as(file.toString()).isEmpty();
    return result.scenario();
  }

  private static boolean isIncluded(Path file) {
    String which = System.getProperty("mmexit.jpf.scenarios", "quick");
    if (which.equals("quick")) {
      return QUICK.contains(name(file));
    }
    int threads = read(file).threads().size();
    return which.equals("all")
        ? threads > 1 && threads <= Integer.getInteger("mmexit.jpf.threads", 2)
        : Set.of(which.split(",", -1)).contains(name(file));
  }

  private static void verdictOf(Path file) throws IOException, InterruptedException {
    Scenario scenario = read(file);
    List<String> lines = explore(scenario.name(), file, Long.getLong("mmexit.jpf.seconds", 600));
    String row = lines.get(lines.size() - 1);
    ROWS.put(scenario.name(), row);

    String[] fields = row.split(",", -1);
    Set<String> found =
        Arrays.stream(fields[2].split(" ", -1))
            .filter(kind -> !kind.equals("clean"))
            .collect(Collectors.toSet());
    Expectation expectation = scenario.expectations().get(V2);
    Set<String> expected =
        expectation == null
            ? Set.of()
            : expectation.kinds().stream().map(FindingKind::label).collect(Collectors.toSet());
    assertThat(expected).as("what the explorer finds").containsAll(found);
    if (Boolean.parseBoolean(fields[4])) {
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(finalStates(lines)).isEqualTo(Explored.finalStates(scenario, file));
    }
  }

  private static Set<String> finalStates(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(Main.FINAL))
        .map(line -> line.substring(Main.FINAL.length()))
        .collect(Collectors.toSet());
  }

  @Test
  void whatTakesTooLongIsBounded() throws IOException, InterruptedException {
    List<String> lines = explore("bounded", CATALOGUE.resolve("exit-vs-detach.litmus"), 0);

    assertThat(lines.get(lines.size() - 1)).startsWith("exit-vs-detach,jpf,clean,,false,");
  }

  /**
   * What {@link StateSerializer} leaves out makes no difference but to how many states there are.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bind-vs-bind-2c", "exit-vs-attach-mdev", "exit-vs-detach-nodd"})
  void whatIsNoPartOfAStateMakesNoDifference(String scenario)
      throws IOException, InterruptedException {
    Path file = CATALOGUE.resolve(scenario + ".litmus");
    Path properties = RESULTS.resolveSibling("all-of-a-state.jpf");
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties,
        Files.readString(PROPERTIES)
            + "vm.serializer.class = gov.nasa.jpf.vm.serialize.CFSerializer\n");

    List<String> ours = explore(scenario, file, 600);
    List<String> all = explore(scenario + ".all", file, 600, properties);

    assertThat(kinds(ours)).isEqualTo(kinds(all));
    assertThat(finalStates(ours)).isEqualTo(finalStates(all)).isNotEmpty();
    assertThat(states(ours)).isLessThan(states(all));
  }

  private static String kinds(List<String> lines) {
    return lines.get(lines.size() - 1).split(",", -1)[2];
  }

  private static int states(List<String> lines) {
    String row = lines.get(lines.size() - 1);
    return Integer.parseInt(row.substring(row.lastIndexOf(',') + 1));
  }

  @Test
  void deadlockIsSeenByJavaPathFinder() throws IOException, InterruptedException {
    List<String> lines = explore("deadlock", CATALOGUE.resolve("exit-vs-detach-2g.litmus"), 600);

    assertThat(lines)
        .contains(
            "deadlock: no thread can go on: T0 waits for iommu->lock of C0;"
                + " T1 waits for bond->mm_exit_wq of D0-P0");
  }

  @AfterAll
  static void write() throws IOException {
    ResultFile.write(RESULTS, ROWS.values());
  }
}
