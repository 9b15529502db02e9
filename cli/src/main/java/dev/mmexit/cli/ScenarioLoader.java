package dev.mmexit.cli;

import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.MemoryModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all scenarios before any is run: where one cannot be understood, none is. */
final class ScenarioLoader {
  private final Session session;
  private final @Nullable MemoryModel memory;
  private final List<String> variants;
  private final List<String> diagnostics = new ArrayList<>();

  ScenarioLoader(Session session, ExploreOptions options) {
    this(session, options.memory(), options.variants(session.checker()));
  }

  /** A loader of scenarios whose set-ups succeed on each of the variants. */
  ScenarioLoader(Session session, @Nullable MemoryModel memory, List<String> variants) {
    this.session = session;
    this.memory = memory;
    this.variants = List.copyOf(variants);
  }

  /**
   * The scenarios that the arguments name; nothing where one has an error, after all errors were
   * printed.
   */
  Optional<List<LoadedScenario>> load(List<Path> arguments) {
    ScenarioFiles files = new ScenarioFiles(arguments);
    diagnostics.addAll(files.problems());
    int bad = diagnostics.size();
    List<LoadedScenario> scenarios = new ArrayList<>();
    for (Path file : files.files()) {
      Optional<LoadedScenario> scenario = load(file);
      scenario.ifPresent(scenarios::add);
      bad += scenario.isPresent() ? 0 : 1;
    }
    if (bad == 0) {
      return Optional.of(scenarios);
    }
    diagnostics.forEach(session.err()::println);
    session.err().println("mmexit: nothing was run, because of " + counted(bad));
    return Optional.empty();
  }

  private Optional<LoadedScenario> load(Path file) {
    LoadResult result = session.checker().load(file, memory);
    if (result instanceof LoadResult.Rejected rejected) {
      diagnostics.addAll(rejected.diagnostics());
      return Optional.empty();
    }
    LoadedScenario scenario = ((LoadResult.Loaded) result).scenario();
    for (String variant : variants) {
      List<String> errors = session.checker().setUpErrors(scenario, variant);
      if (!errors.isEmpty()) {
        diagnostics.addAll(errors);
        return Optional.empty();
      }
    }
    return Optional.of(scenario);
  }

  private static String counted(int bad) {
    return bad == 1 ? "this one input" : "these " + bad + " inputs";
  }
}
