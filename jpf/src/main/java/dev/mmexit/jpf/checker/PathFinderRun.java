package dev.mmexit.jpf.checker;

import dev.mmexit.jpf.ProgramWriter;
import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import gov.nasa.jpf.Config;
import gov.nasa.jpf.JPF;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Has Java PathFinder explore a scenario.
 *
 * <p>It begins without knowing which places contexts contend for, and explores again with those
 * that it has seen, until it sees no more. Until then a context that uses what others use has done
 * so without giving them a chance; after that it has not: if it could come to that in any
 * execution, there would be one of those explored in which it did (Stoller and Cohen, Optimistic
 * Synchronization-Based State-Space Reduction, TACAS 2003).
 */
public final class PathFinderRun {
  private final Path properties;
  private final String classPath;
  private final Path programs;

  /**
   * A way to explore.
   *
   * @param properties the property file of Java PathFinder
   * @param classPath where the classes of the driver and of the model are
   * @param programs the folder for the programs that scenarios are made into
   */
  public PathFinderRun(Path properties, String classPath, Path programs) {
    this.properties = properties;
    this.classPath = classPath;
    this.programs = programs;
  }

  /**
   * Explores a scenario.
   *
   * @param seconds how long it may take
   */
  public Verdict explore(Variant variant, Scenario scenario, long seconds) {
    Path program = compile(variant, scenario);
    long start = System.nanoTime();
    long deadline = start + seconds * 1_000_000_000L;
    Map<String, String> findings = new LinkedHashMap<>();
    Run run = new Run();
    long statesToFirst = 0;
    double secondsToFirst = 0;
    long before = 0;
    for (int explorations = 1; ; explorations++) {
      Watcher watcher = new Watcher(run, deadline);
      search(program, run, watcher);
      if (!watcher.failure().isEmpty()) {
        throw new IllegalStateException(scenario.name() + ": " + watcher.failure());
      }
      if (findings.isEmpty() && !run.findings().isEmpty()) {
        statesToFirst = before + run.statesToFirst();
        secondsToFirst = (run.firstAt() - start) / 1e9;
      }
      run.findings().forEach(findings::putIfAbsent);
      before += run.states();
      boolean complete = !watcher.isLate() && !run.hasNews();
      if (complete || watcher.isLate()) {
        judge(scenario, run, complete, findings);
        return new Verdict(
            findings,
            complete,
            run.states(),
            explorations,
            run.points(),
            run.finalStates(),
            statesToFirst,
            secondsToFirst,
            (System.nanoTime() - start) / 1e9);
      }
      run = new Run(run);
    }
  }

  private static void judge(
      Scenario scenario, Run run, boolean complete, Map<String, String> findings) {
    Condition condition = scenario.condition();
    if (complete
        && condition != null
        && condition.quantifier() == Condition.Quantifier.EXISTS
        && !run.isSatisfied()) {
      findings.putIfAbsent("condition", "no final state satisfies " + condition.text());
    }
  }

  private void search(Path program, Run run, Watcher watcher) {
    Run.begin(run);
    Config config =
        new Config(
            new String[] {
              properties.toString(),
              "+classpath+=," + program + "," + classPath.replace(File.pathSeparator, ","),
            });
    JPF jpf = new JPF(config);
    jpf.addSearchListener(watcher);
    jpf.run();
  }

  private Path compile(Variant variant, Scenario scenario) {
    try {
      Path folder = programs.resolve(scenario.name());
      Files.createDirectories(folder);
      Path source = folder.resolve("Program.java");
      Files.writeString(source, ProgramWriter.source(variant, scenario));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-nowarn",
                  "-proc:none",
                  "--release",
                  "17",
                  "-cp",
                  classPath,
                  "-d",
                  folder.toString(),
                  source.toString());
      if (status != 0) {
        throw new IllegalStateException("the program of " + scenario.name() + " does not compile");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
