package dev.mmexit.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mmexit.explorer.Scenarios;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.FinalState;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out because it makes no difference makes none. */
class CrossCheckTest {
  /** What does not take minutes where coroutines are threads that hand over to each other. */
  private static final Set<String> SMALL =
      Set.of(
          "conf-02",
          "conf-03",
          "conf-05",
          "conf-09",
          "conf-16",
          "conf-23",
          "conf-33",
          "conf-36",
          "vfio-unset-exit-nodd");

  private static final int CONTINUATIONS = 21;

  private static void assumeQuick(String name) {
    assumeTrue(
        Runtime.version().feature() >= CONTINUATIONS || SMALL.contains(name),
        "left to JDK 21 and later");
  }

  /** Every interleaving of these is executed in a few seconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf-06",
        "conf-09",
        "conf-25",
        "conf-36",
        "attach-vs-detach",
        "detach-vs-detach-nodd-generic",
        "dma-vs-exit",
        "fail-msi-cookie",
        "fail-second-device-init",
        "open-exit",
        "unmap-vs-pin",
        "vfio-open-exit",
        "vfio-set-vs-set-same",
        "vfio-set-vs-unset-nodriver"
      })
  void everyInterleavingGivesTheSame(String name) {
    assumeQuick(name);
    Function<Host, World> worlds = Scenarios.worlds(name);
    Exploration reduced = explore(worlds, true);
    Exploration full = explore(worlds, false);
    assertThat(reduced.findings().keySet()).isEqualTo(full.findings().keySet());
    assertThat(states(reduced)).isEqualTo(states(full));
    assertThat(reduced.executions()).isLessThanOrEqualTo(full.executions());
    assertThat(reduced.locks().takings().keySet()).isEqualTo(full.locks().takings().keySet());
    assertThat(reduced.locks().exclusive()).isEqualTo(full.locks().exclusive());
  }

  /** Stopping at known states, but with a switch at every operation. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit-vs-detach",
        "conf-01",
        "conf-02",
        "conf-03",
        "conf-04",
        "conf-05",
        "conf-07",
        "conf-08",
        "conf-10",
        "conf-11",
        "conf-15",
        "conf-16",
        "conf-17",
        "conf-20",
        "conf-23",
        "conf-26",
        "conf-27",
        "conf-32",
        "conf-33",
        "conf-43",
        "conf-47",
        "conf-49",
        "fail-any-bind-vs-exit",
        "fail-any-two-binds",
        "fail-reattach",
        "fail-nth-two-binds",
        "exit-exit-pin",
        "exit-vs-attach-mdev",
        "exit-vs-detach-mapped-nodd",
        "exit-vs-pin",
        "fault-vs-detach",
        "fault-vs-exit",
        "fault-vs-unbind",
        "map-vs-bind-2c",
        "unmap-pin-pin"
      })
  void switchesAtEveryOperationGiveTheSame(String name) {
    assumeQuick(name);
    Function<Host, World> worlds = Scenarios.worlds(name);
    Exploration reduced = explore(worlds, true);
    FineSearch.Result fine =
        FineSearch.explore(worlds, Granularity.EVERY_OPERATION, Integer.MAX_VALUE);
    assertThat(withoutRaces(reduced)).isEqualTo(fine.findings());
    assertThat(states(reduced)).isEqualTo(fine.finalStates());
  }

  /**
   * The same with a switch at every access. Memory that is freed between two accesses of a step is
   * found at the one or at the other, so places of uses after free may be more here.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf-02",
        "conf-03",
        "conf-16",
        "fail-any-bind-vs-detach",
        "vfio-bind-vs-set",
        "vfio-set-vs-set-same",
        "vfio-set-vs-unset-nodriver",
        "vfio-unset-exit-nodd"
      })
  void switchesAtEveryAccessGiveTheSameKinds(String name) {
    assumeQuick(name);
    Function<Host, World> worlds = Scenarios.worlds(name);
    Exploration reduced = explore(worlds, true);
    FineSearch.Result fine =
        FineSearch.explore(worlds, Granularity.EVERY_ACCESS, Integer.MAX_VALUE);
    assertThat(fine.findings()).containsAll(withoutRaces(reduced));
    assertThat(kinds(withoutRaces(reduced))).isEqualTo(kinds(fine.findings()));
    assertThat(states(reduced)).isEqualTo(fine.finalStates());
  }

  /**
   * Where memory is freed between two accesses of one step, the search names the first; on real
   * threads it can as well be a later one.
   */
  @Test
  void switchesAtEveryAccessShowTheLaterPlacesOfAUseAfterFree() {
    Function<Host, World> worlds = Scenarios.worlds("exit-vs-detach-nodd");
    FineSearch.Result fine =
        FineSearch.explore(worlds, Granularity.EVERY_ACCESS, Integer.MAX_VALUE);
    assertThat(usesAfterFree(explore(worlds, true).findings().keySet()))
        .containsExactly("io_mm_detach_locked arm_smmu_domain");
    assertThat(usesAfterFree(fine.findings()))
        .containsExactly(
            "arm_smmu_mm_detach arm_smmu_domain", "io_mm_detach_locked arm_smmu_domain");
  }

  private static List<String> usesAfterFree(Set<Key> keys) {
    return keys.stream()
        .filter(key -> key.kind() == FindingKind.USE_AFTER_FREE)
        .map(Key::place)
        .sorted()
        .toList();
  }

  private static Set<Key> withoutRaces(Exploration exploration) {
    Set<Key> keys = new TreeSet<>(exploration.findings().keySet());
    keys.removeIf(key -> key.kind() == FindingKind.DATA_RACE);
    return keys;
  }

  private static Set<FindingKind> kinds(Set<Key> keys) {
    Set<FindingKind> kinds = new TreeSet<>();
    keys.forEach(key -> kinds.add(key.kind()));
    return kinds;
  }

  private static Exploration explore(Function<Host, World> worlds, boolean reduction) {
    Exploration exploration =
        new Explorer(worlds, Bounds.NONE, 1, reduction, Progress.NONE).learningLocks().explore();
    assertThat(exploration.bound()).isNull();
    return exploration;
  }

  private static Set<FinalState> states(Exploration exploration) {
    return Set.copyOf(exploration.finalStates());
  }
}
