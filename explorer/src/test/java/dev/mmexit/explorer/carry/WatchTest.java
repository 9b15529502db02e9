package dev.mmexit.explorer.carry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.Scenarios;
import dev.mmexit.explorer.search.Bounds;
import dev.mmexit.explorer.search.Explorer;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.ScenarioWorld;
import dev.mmexit.scenario.World;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variants a watch calls untouched. */
class WatchTest {
  private static Function<Variant, Function<Host, World>> worlds(String name) {
    Scenario scenario =
        Objects.requireNonNull(
            ScenarioParser.parseFile(Scenarios.file(name), Variants.names()).scenario());
    return variant -> host -> new ScenarioWorld(host, variant, scenario);
  }

  @ParameterizedTest
  @CsvSource({
    // Nothing is detached, attached or unbound.
    "bind-vs-bind, no-wait, true",
    "bind-vs-bind, unlocked-detach, true",
    "bind-vs-bind, unbind-by-pasid, true",
    "bind-vs-bind, mmput-sync, true",
    // The ioctl is another one, whatever comes of it.
    "bind-vs-bind, merged-ioctl, false",
    // A method of the set-up's is another one.
    "bind-vs-bind, v1-tombstone, false",
    // A lock is there that was not.
    "bind-vs-bind, fixed, false",
    "exit-vs-detach, unlocked-detach, false",
    "exit-vs-detach, no-wait, false",
    "exit-vs-detach, mmput-sync, true",
    "exit-vs-attach, mmput-sync, false",
    "exit-vs-attach, no-mmget, false",
    "exit-vs-unbind, unbind-by-pasid, false",
    "exit-vs-attach-second-fails, unconditional-unwind, false",
    "exit-vs-detach, unconditional-unwind, true",
    // Only the vfio layer has the function.
    "exit-vs-detach, group-lock-ioctl, true",
    "vfio-bind-vs-set, group-lock-ioctl, false",
  })
  void tellsWhatAScenarioComesTo(String scenario, String name, boolean untouched) {
    Variant variant = Variants.find(name).orElseThrow();
    Function<Variant, Function<Host, World>> worlds = worlds(scenario);
    Watch watch = Watch.of(List.of(variant), worlds);
    new Explorer(
            worlds.apply(watch.posted()),
            new Bounds(null, null, null),
            1,
            true,
            (states, executions, findings) -> {})
        .explore();

    assertThat(watch.isUntouched(variant, worlds)).isEqualTo(untouched);
  }
}
