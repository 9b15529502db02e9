package dev.mmexit.jpf.checker;

import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Explores one scenario on {@code v2} and prints a {@link ResultFile} row as the last line, after a
 * sentence for each finding. Java PathFinder keeps what it has loaded in static fields, so that
 * each scenario has a virtual machine of its own.
 *
 * <p>Arguments: the property file of Java PathFinder, the scenario, how many seconds it may take,
 * and the folder for the program that the scenario is made into.
 */
public final class Main {
  /** What the lines of final states begin with. */
  static final String FINAL = "final state: ";

  private Main() {}

  /** Explores a scenario. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: Main PROPERTIES SCENARIO SECONDS FOLDER");
      System.exit(2);
    }
    ParseResult result = ScenarioParser.parseFile(Path.of(args[1]), Variants.names());
    Scenario scenario = result.scenario();
    if (scenario == null) {
      result.diagnostics().forEach(System.err::println);
      System.exit(2);
      return;
    }
    Verdict verdict =
        new PathFinderRun(
                Path.of(args[0]),
                System.getProperty("java.class.path"),
                Path.of(args[3]).toAbsolutePath())
            .explore(Variants.find("v2").orElseThrow(), scenario, Long.parseLong(args[2]));
    verdict.findings().forEach((kind, sentence) -> System.out.println(kind + ": " + sentence));
    verdict.finalStates().stream().sorted().forEach(state -> System.out.println(FINAL + state));
    System.out.println(ResultFile.row(scenario.name(), verdict));
  }
}
