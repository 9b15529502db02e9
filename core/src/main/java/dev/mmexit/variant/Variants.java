package dev.mmexit.variant;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The variants that there are: whatever class declares itself as one. */
public final class Variants {
  /** The name of the code as posted, to which the others are compared. */
  public static final String BASE = "v2";

  private static final List<Variant> ALL = inOrder(found());

  private Variants() {}

  private static List<Variant> found() {
    return ServiceLoader.load(Variant.class, Variant.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The code as posted first, then by name; two of one name are a mistake in the program. */
  static List<Variant> inOrder(List<Variant> variants) {
    Set<String> names = new LinkedHashSet<>();
    for (Variant variant : variants) {
      if (!names.add(variant.name())) {
        throw new IllegalStateException("two variants are named " + variant.name());
      }
    }
    return variants.stream()
        .sorted(
            Comparator.comparing((Variant variant) -> !variant.name().equals(BASE))
                .thenComparing(Variant::name))
        .toList();
  }

  /** All of them, the code as posted first. */
  public static List<Variant> all() {
    return ALL;
  }

  /** Their names, in the same order. */
  public static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    ALL.forEach(variant -> names.add(variant.name()));
    return Collections.unmodifiableSet(names);
  }

  /** The one with the given name. */
  public static Optional<Variant> find(String name) {
    return ALL.stream().filter(variant -> variant.name().equals(name)).findFirst();
  }
}
