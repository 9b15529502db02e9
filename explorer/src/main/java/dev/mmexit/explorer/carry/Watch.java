package dev.mmexit.explorer.carry;

import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells which variants cannot differ from the code as posted in a scenario. A variant is the code
 * as posted but for the methods that it overrides. So where all executions begin in the same state
 * on both, and no execution of the code as posted comes to one of these methods, none of the
 * variant does either: the first to come to one would have been one of the code as posted up to
 * there, and that comes to it as well. Then all executions are the same, and whatever is told of
 * them.
 */
public final class Watch {
  private final Map<String, Set<Method>> changed;
  private final Map<String, Map<Class<?>, Class<?>>> parts;
  private final NotingVariant posted;

  private Watch(
      Map<String, Set<Method>> changed,
      Map<String, Map<Class<?>, Class<?>>> parts,
      NotingVariant posted) {
    this.changed = changed;
    this.parts = parts;
    this.posted = posted;
  }

  /**
   * A watch for what some variants change.
   *
   * @param worlds makes the worlds of any scenario with the code of a variant
   */
  public static Watch of(List<Variant> variants, Function<Variant, Function<Host, World>> worlds) {
    Map<String, Set<Method>> changed = new LinkedHashMap<>();
    Map<String, Map<Class<?>, Class<?>>> parts = new LinkedHashMap<>();
    Map<Class<?>, Set<Method>> watched = new LinkedHashMap<>();
    Variant base = Variants.find(Variants.BASE).orElseThrow();
    for (Class<?> part : Start.of(base, worlds).parts().keySet()) {
      watched.put(part, new LinkedHashSet<>());
    }
    for (Variant variant : variants) {
      Map<Class<?>, Class<?>> its = Start.of(variant, worlds).parts();
      Map<Class<?>, Set<Method>> methods = overridden(its);
      if (methods == null) {
        continue;
      }
      Set<Method> all = new LinkedHashSet<>();
      methods.forEach(
          (part, of) -> {
            all.addAll(of);
            watched.computeIfAbsent(part, none -> new LinkedHashSet<>()).addAll(of);
          });
      changed.put(variant.name(), all);
      parts.put(variant.name(), its);
    }
    Map<Class<?>, List<Method>> lists = new LinkedHashMap<>();
    watched.forEach((part, methods) -> lists.put(part, new ArrayList<>(methods)));
    return new Watch(changed, parts, new NotingVariant(lists));
  }

  private static @Nullable Map<Class<?>, Set<Method>> overridden(Map<Class<?>, Class<?>> parts) {
    Map<Class<?>, Set<Method>> all = new LinkedHashMap<>();
    for (Map.Entry<Class<?>, Class<?>> part : parts.entrySet()) {
      Map<String, Method> methods = Overrides.of(part.getKey(), part.getValue());
      if (methods == null) {
        return null;
      }
      all.put(part.getKey(), new LinkedHashSet<>(methods.values()));
    }
    return all;
  }

  /** A watch for the same, over another scenario. */
  public Watch anew() {
    return new Watch(changed, parts, posted.anew());
  }

  /** The code as posted, under this watch: what is to be explored. */
  public Variant posted() {
    return posted;
  }

  /**
   * Whether the variant cannot differ in the scenario, once that was explored completely on {@link
   * #posted}.
   *
   * @param worlds makes the scenario's worlds with the code of a variant
   */
  public boolean isUntouched(Variant variant, Function<Variant, Function<Host, World>> worlds) {
    Set<Method> its = changed.get(variant.name());
    if (its == null || !Collections.disjoint(its, posted.called())) {
      return false;
    }
    Start start = Start.of(variant, worlds);
    return start.parts().equals(parts.get(variant.name()))
        && start.isAlike(Start.of(Variants.find(Variants.BASE).orElseThrow(), worlds));
  }
}
