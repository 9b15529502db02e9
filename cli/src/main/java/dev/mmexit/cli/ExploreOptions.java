package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.scenario.format.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is run, and how much of it. */
final class ExploreOptions {
  /** What stands for every variant. */
  static final String ALL = "all";

  private static final String DEFAULT = "v2";

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = {
        "The variant of the modelled code (default: v2). check takes",
        "several, and 'all'."
      })
  private @Nullable List<String> variants;

  @Mixin private RunOptions run = new RunOptions();

  /** The only variant; refuses several. */
  String variant() {
    List<String> names = given();
    if (names.size() != 1 || names.contains(ALL)) {
      throw new UserError("there is more than one --variant, and this command takes one");
    }
    return names.get(0);
  }

  /** The variants, each once, in the order of those that there are. */
  List<String> variants(CheckerFacade checker) {
    List<String> names = given();
    return names(checker).stream()
        .filter(name -> names.contains(ALL) || names.contains(name))
        .toList();
  }

  private List<String> given() {
    return variants == null ? List.of(DEFAULT) : variants;
  }

  private static List<String> names(CheckerFacade checker) {
    return checker.variants().stream().map(VariantInfo::name).toList();
  }

  @Nullable MemoryModel memory() {
    return run.memory();
  }

  /** Refuses what there is not. */
  void validate(CheckerFacade checker) {
    given().stream().filter(name -> !name.equals(ALL)).forEach(name -> validate(name, checker));
  }

  /** Refuses a variant that there is not. */
  static void validate(String variant, CheckerFacade checker) {
    List<String> names = names(checker);
    if (!names.contains(variant)) {
      throw new UserError(
          "there is no variant '"
              + variant
              + "'"
              + Nearest.of(variant, names).map(near -> ", the nearest is " + near).orElse("")
              + "; the variants are "
              + String.join(", ", names));
    }
  }

  /** The results of a run with these options. */
  CheckResult sign(List<ScenarioResult> results, List<LockGraph> lockGraphs) {
    return run.sign(results, lockGraphs);
  }

  /** What is to be done on one of the variants. */
  ExplorationOptions options(String variant) {
    return run.options(variant);
  }
}
