package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is run, and how much of it. */
final class ExploreOptions {
  @Option(
      names = "--variant",
      paramLabel = "NAME",
      defaultValue = "v2",
      description = "The variant of the modelled code (default: ${DEFAULT-VALUE}).")
  private String variant = "v2";

  @Mixin private RunOptions run = new RunOptions();

  String variant() {
    return variant;
  }

  @Nullable MemoryModel memory() {
    return run.memory();
  }

  /** Refuses what there is not. */
  void validate(CheckerFacade checker) {
    validate(variant, checker);
  }

  /** Refuses a variant that there is not. */
  static void validate(String variant, CheckerFacade checker) {
    List<String> names = checker.variants().stream().map(VariantInfo::name).toList();
    if (!names.contains(variant)) {
      throw new UserError(
          "there is no variant '"
              + variant
              + "'"
              + Names.suggestion(variant, names)
              + "; the variants are "
              + String.join(", ", names));
    }
  }

  /** The results of a run with these options. */
  CheckResult sign(List<ScenarioResult> results) {
    return run.sign(results);
  }

  ExplorationOptions options() {
    return run.options(variant);
  }
}
