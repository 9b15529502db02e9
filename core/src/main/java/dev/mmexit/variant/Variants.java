package dev.mmexit.variant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The variants that there are. */
public final class Variants {
  private static final List<Variant> ALL = List.of(new V2());

  private Variants() {}

  /** All of them, the code as posted first. */
  public static List<Variant> all() {
    return ALL;
  }

  /** Their names. */
  public static Set<String> names() {
    return ALL.stream().map(Variant::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The one with the given name. */
  public static Optional<Variant> find(String name) {
    return ALL.stream().filter(variant -> variant.name().equals(name)).findFirst();
  }
}
