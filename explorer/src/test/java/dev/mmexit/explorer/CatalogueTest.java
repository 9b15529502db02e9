package dev.mmexit.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of the catalogue shows on the code as posted what it says that it shows. */
class CatalogueTest {
  private static final Path CATALOGUE = Path.of("../scenarios");
  private static final String VARIANT = "v2";

  /** Takes minutes where coroutines are threads that hand over to each other. */
  private static final Set<String> LARGE =
      Set.of(
          "conf-13.litmus",
          "conf-14.litmus",
          "conf-21.litmus",
          "conf-31.litmus",
          "conf-35.litmus",
          "conf-38.litmus",
          "conf-40.litmus",
          "conf-41.litmus",
          "conf-42.litmus",
          "conf-44.litmus",
          "conf-46.litmus",
          "conf-48.litmus",
          "exec-detach-bystander.litmus",
          "exit-detach-bystander.litmus",
          "exit-detach-close.litmus",
          "exit-detach-detach-2c.litmus",
          "exit-exit-detach.litmus",
          "fault-exit-bind.litmus",
          "fault-exit-detach-nodd-generic.litmus",
          "fault-exit-exit.litmus",
          "fault-fault-unbind-2g.litmus",
          "fault-unbind-bind-2c.litmus",
          "open-exit-vs-attach.litmus",
          "pin-pin-exit-exit-2c.litmus",
          "slub-exit-bind-detach.litmus",
          "slub-stale-attach.litmus",
          "slub-stale-exec.litmus",
          "slub-stale-fork.litmus",
          "stale-attach.litmus",
          "stale-bind.litmus",
          "vfio-exit-unset-set.litmus",
          "vfio-open-exit-vs-fault.litmus");

  private static final int CONTINUATIONS = 21;

  private final ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));

  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(CATALOGUE)) {
      return walk.filter(file -> file.toString().endsWith(".litmus")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> verdict() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    CATALOGUE.relativize(file).toString(), () -> verdictOf(file)));
  }

  private void verdictOf(Path file) {
    assumeTrue(
        Runtime.version().feature() >= CONTINUATIONS
            || !LARGE.contains(file.getFileName().toString()),
        "left to JDK 21 and later, and to mmexit check");
    LoadResult loaded = checker.load(file, null);
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    ExplorationOptions options =
        new ExplorationOptions(
            VARIANT,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Runtime.getRuntime().availableProcessors(),
            true);
    ScenarioResult result =
        checker.check(
            ((LoadResult.Loaded) loaded).scenario(), options, (states, executions, findings) -> {});
    assertThat(result.complete()).isTrue();
    assertThat(result.expected()).as("expect %s", VARIANT).isNotNull();
    assertThat(result.findings().stream().map(Finding::kind).map(kind -> kind.label()).distinct())
        .containsExactlyInAnyOrderElementsOf(result.expected());
  }

  @Test
  void isIndexed() throws IOException {
    String index = Files.readString(CATALOGUE.resolve("README.md"));
    for (Path file : files()) {
      if (!file.toString().contains("conformance")) {
        assertThat(index).contains("(" + CATALOGUE.relativize(file) + ")");
      }
    }
  }
}
