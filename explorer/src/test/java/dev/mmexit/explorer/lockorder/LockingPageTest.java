package dev.mmexit.explorer.lockorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LockLearner;
import dev.mmexit.explorer.ModelChecker;
import dev.mmexit.explorer.Scenarios;
import dev.mmexit.explorer.result.HeldInFunction;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The lock-order graph of some small scenarios of the catalogue, and what docs/locking.md says. */
class LockingPageTest {
  private static final List<String> SMALL =
      List.of(
          "attach-incompatible",
          "exec-vs-pin",
          "exit-vs-detach",
          "fork-bind-child",
          "mdev-detach",
          "vfio-reset-nodd");

  @Test
  void thePageHasTheOrderOfSmallScenarios() throws IOException {
    LockGraph graph = graph(1);
    assertThat(page()).containsAll(edges(graph));
    // It has more, of larger ones, but lists those classes that it knows in a table.
    String page = Files.readString(Path.of("../docs/locking.md"));
    for (String name : graph.classes()) {
      assertThat(page).contains("`" + name + "`");
    }
  }

  @Test
  void whatIsWitnessedIsMadeOfEdges() {
    LockGraph graph = graph(1);
    assertThat(graph.cycles().stream().filter(c -> c.status() == LockCycle.Status.WITNESSED))
        .extracting(LockCycle::classes)
        .containsExactly(List.of("iommu->lock"), List.of("bond->mm_exit_wq", "iommu->lock"));
    for (LockCycle cycle : graph.cycles()) {
      for (int i = 0; i < cycle.classes().size(); i++) {
        String next = cycle.classes().get((i + 1) % cycle.classes().size());
        assertThat(edges(graph)).contains(cycle.classes().get(i) + " -> " + next);
      }
    }
  }

  @Test
  void thePageSaysWhatIsHeldAtCallbacks() throws IOException {
    Map<String, List<String>> page = heldOnPage();
    List<HeldInFunction> known =
        graph(1).functions().stream().filter(f -> page.containsKey(f.function())).toList();
    assertThat(known).extracting(HeldInFunction::function).contains("vfio_iommu_mm_exit");
    for (HeldInFunction function : known) {
      List<String> names = page.getOrDefault(function.function(), List.of());
      // Over more scenarios there is less that all callers hold, and more that some do.
      assertThat(function.always())
          .as(function.function())
          .containsAll(names.stream().filter(name -> !name.startsWith("[")).toList());
      assertThat(names.stream().map(name -> name.replaceAll("[\\[\\]]", "")))
          .as(function.function())
          .containsAll(function.always())
          .containsAll(function.sometimes());
    }
  }

  @Test
  void aCallbackHoldsWhatItsCallersHold() {
    List<HeldInFunction> functions = graph(1).functions();
    assertThat(functions)
        .filteredOn(function -> function.function().equals("vfio_iommu_mm_exit"))
        .singleElement()
        .satisfies(
            function -> {
              assertThat(function.always())
                  .containsExactly("bond->mm_exit_wq", "mmu_notifier srcu");
              assertThat(function.sometimes()).contains("iommu->lock");
            });
    assertThat(functions).contains(new HeldInFunction("io_mm_free", List.of(), List.of()));
  }

  @Test
  void theNumberOfWorkersMakesNoDifference() {
    assertThat(graph(2)).isEqualTo(graph(1));
  }

  private static LockGraph graph(int workers) {
    ModelChecker checker = new ModelChecker(new Tool("mmexit", "test"));
    LockLearner learner = checker.learner("v2");
    for (String name : SMALL) {
      LoadResult loaded = checker.load(Scenarios.file(name), null);
      ExplorationOptions options =
          new ExplorationOptions(
              "v2", Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), workers, true);
      learner.check(((LoadResult.Loaded) loaded).scenario(), options, (s, e, f) -> {});
    }
    return learner.graph();
  }

  private static List<String> edges(LockGraph graph) {
    List<String> edges = new ArrayList<>();
    for (LockEdge edge : graph.edges()) {
      edges.add(edge.from() + " -> " + edge.to());
    }
    return edges;
  }

  /** What the page says is held where functions are called: nothing as an empty list. */
  private static Map<String, List<String>> heldOnPage() throws IOException {
    String page = Files.readString(Path.of("../docs/locking.md"));
    String block = page.replaceFirst("(?s).*<!-- lockdep: held [^>]*-->\n```text\n", "");
    block = block.substring(0, block.indexOf("```")).replace("\n    ", " ");
    Map<String, List<String>> held = new TreeMap<>();
    block
        .lines()
        .forEach(
            line -> {
              String names = line.substring(line.indexOf(": ") + 2);
              held.put(
                  line.substring(0, line.indexOf(":")),
                  names.equals("nothing") ? List.of() : List.of(names.split(", ")));
            });
    return held;
  }

  /** The edges of the page's first block. */
  private static Set<String> page() throws IOException {
    Set<String> edges = new HashSet<>();
    boolean inside = false;
    String from = "";
    for (String line : Files.readAllLines(Path.of("../docs/locking.md"))) {
      if (line.equals("<!-- lockdep: order -->")) {
        inside = true;
      } else if (inside && line.equals("```")) {
        return edges;
      } else if (inside && line.startsWith("  ")) {
        String rest = line.strip();
        if (rest.contains(" -> ")) {
          from = rest.substring(0, rest.indexOf(" -> "));
          rest = rest.substring(rest.indexOf(" -> ") + 4);
        }
        for (String to : rest.split(", *", -1)) {
          edges.add(from + " -> " + to);
        }
      }
    }
    return edges;
  }
}
