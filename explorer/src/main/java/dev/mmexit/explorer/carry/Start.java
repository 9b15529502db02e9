package dev.mmexit.explorer.carry;

import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import dev.mmexit.variant.Variant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where all executions of a scenario begin on a variant.
 *
 * @param fingerprint0 the first half of the fingerprint of the state
 * @param fingerprint1 the other half
 * @param structs the class of each struct that there is, in the order in which they were made
 * @param parts the classes of what the variant gives, by the classes of the code as posted
 */
record Start(
    long fingerprint0, long fingerprint1, List<Class<?>> structs, Map<Class<?>, Class<?>> parts) {
  /**
   * Carries out the set-up.
   *
   * @param worlds makes the scenario's worlds with the code of a variant
   */
  static Start of(Variant variant, Function<Variant, Function<Host, World>> worlds) {
    Parts parts = new Parts(variant);
    try (Instance instance =
        new Instance(worlds.apply(parts), Granularity.EVERY_ACCESS, new Sharing())) {
      return new Start(
          instance.engine().fingerprint0(),
          instance.engine().fingerprint1(),
          instance.engine().structs().stream().<Class<?>>map(Object::getClass).toList(),
          parts.classes());
    }
  }

  /** Whether the same is there, whatever runs in it. */
  boolean isAlike(Start other) {
    return fingerprint0 == other.fingerprint0
        && fingerprint1 == other.fingerprint1
        && structs.equals(other.structs);
  }
}
