package dev.mmexit.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Exploration;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.World;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The outcomes that a scenario can have on a variant, all of them, as the explorer says. */
final class ExplorerOutcomes {
  private static final Path SCENARIOS = Path.of("..", "scenarios");
  private static final Pattern CONTEXT = Pattern.compile("\\b(T\\d|kworker/\\d|srcu/\\d)(?!\\w)");

  private ExplorerOutcomes() {}

  /**
   * The outcomes, in the form of {@link #withoutNames}. A data race is none: threads of Java do not
   * notice it.
   */
  static Set<String> of(String name, Variant variant) {
    Scenario scenario = Catalogue.scenario(name);
    Set<String> outcomes = ConcurrentHashMap.newKeySet();
    Exploration exploration =
        new Explorer(
                host -> new Watched(new ScenarioWorld(host, variant, scenario), outcomes),
                new Bounds(null, null, null),
                Runtime.getRuntime().availableProcessors(),
                true,
                (states, executions, findings) -> {})
            .explore();
    assertThat(exploration.isComplete()).as("%s is explored completely", name).isTrue();
    for (Key key : exploration.findings().keySet()) {
      FindingKind kind = key.kind();
      assertThat(kind).as("a WARN_ON in %s", name).isNotEqualTo(FindingKind.WARNING);
      if (kind.whileRunning() && kind != FindingKind.DEADLOCK && kind != FindingKind.DATA_RACE) {
        // A place is a function and an object.
        outcomes.add(Outcomes.ended(kind, key.place().substring(key.place().indexOf(' ') + 1)));
      }
    }
    if (exploration.findings().keySet().stream().anyMatch(k -> k.kind() == FindingKind.DEADLOCK)) {
      for (Finding finding : check(name, variant).findings()) {
        if (finding.kind() == FindingKind.DEADLOCK) {
          outcomes.add(withoutNames(Outcomes.ended(finding.kind(), finding.message())));
        }
      }
    }
    return new TreeSet<>(outcomes);
  }

  /**
   * An outcome, with the contexts of a deadlock's cycle called A, B and so on as they come: the
   * explorer keeps one cycle for all that differ in these only.
   */
  static String withoutNames(String outcome) {
    if (!outcome.startsWith(FindingKind.DEADLOCK.label())) {
      return outcome;
    }
    Map<String, String> names = new HashMap<>();
    return CONTEXT
        .matcher(outcome)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    names.computeIfAbsent(
                        found.group(), first -> String.valueOf((char) ('A' + names.size())))));
  }

  private static ScenarioResult check(String name, Variant variant) {
    ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
    LoadResult loaded = checker.load(SCENARIOS.resolve(name + ".litmus"), null);
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    return checker.check(
        ((LoadResult.Loaded) loaded).scenario(),
        new ExplorationOptions(
            variant.name(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Runtime.getRuntime().availableProcessors(),
            true),
        (states, executions, findings) -> {});
  }

  /** Notes what becomes of each execution that comes to its end. */
  private record Watched(World world, Set<String> outcomes) implements World {
    @Override
    public List<String> threads() {
      return world.threads();
    }

    @Override
    public void run(int thread, IntConsumer beforeOperation) {
      world.run(thread, beforeOperation);
    }

    @Override
    public AtRest atRest() {
      AtRest atRest = world.atRest();
      outcomes.add(Outcomes.of(atRest, List.of()));
      return atRest;
    }
  }
}
