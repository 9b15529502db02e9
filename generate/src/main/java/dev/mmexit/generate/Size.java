package dev.mmexit.generate;

import dev.mmexit.scenario.format.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How large generated scenarios are at most. A size includes each smaller one of as many threads.
 *
 * @param threads how many threads race: exactly so many
 * @param operations how many operations each of them has at most; at least one
 * @param containers how many containers there are at most, and so on
 * @param devices how many devices a group has at most
 * @param setup how many operations the set-up has at most
 * @param defaultDomains whether groups have a default domain: one value, or both are tried
 * @param drivers what is behind groups: each of these is tried
 * @param uses the operations
 */
public record Size(
    int threads,
    int operations,
    int containers,
    int groups,
    int processes,
    int devices,
    int setup,
    Set<Boolean> defaultDomains,
    Set<Driver> drivers,
    Set<OperationKind> uses) {

  /** What is between the words of a list. */
  private static final String COMMA = ",";

  private static final List<String> WORDS =
      List.of(
          "threads",
          "operations",
          "containers",
          "groups",
          "processes",
          "devices",
          "setup",
          "default-domain",
          "drivers",
          "use");

  /** What is behind a group. */
  public enum Driver {
    /** arm-smmu-v3. */
    SMMU,
    /** A second driver, with a {@code detach_dev}. */
    GENERIC,
    /** No IOMMU: a mediated group. */
    MDEV;

    /** What it is called in a size. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Size {
    inRange("threads", threads, 1, 8);
    inRange("operations", operations, 1, 8);
    inRange("containers", containers, 1, 4);
    inRange("groups", groups, 0, 4);
    inRange("processes", processes, 0, 4);
    inRange("devices", devices, 1, 4);
    inRange("setup", setup, 0, 16);
    defaultDomains = Set.copyOf(defaultDomains);
    drivers = sorted(drivers);
    uses = sorted(uses);
  }

  private static <E extends Enum<E>> Set<E> sorted(Collection<E> values) {
    return Collections.unmodifiableSet(EnumSet.copyOf(values));
  }

  /** So many threads and operations, and what is usual of the rest. */
  public static Size of(int threads, int operations) {
    return new Size(
        threads,
        operations,
        1,
        2,
        2,
        1,
        4,
        Set.of(true, false),
        EnumSet.of(Driver.SMMU),
        OperationKind.CORE);
  }

  /**
   * Reads a size: {@code 2x1}, which is two threads of one operation each, then words as {@code
   * groups=1}, with white space between them. {@code threads=2 operations=1} is the same as {@code
   * 2x1}.
   *
   * @throws IllegalArgumentException where it is none: a sentence says why
   */
  public static Size parse(String text) {
    Size size = of(1, 1);
    boolean threads = false;
    boolean operations = false;
    for (String word : text.strip().split("\\s+", -1)) {
      int cross = word.indexOf('x');
      int equals = word.indexOf('=');
      if (equals >= 0) {
        String name = word.substring(0, equals);
        size = size.with(name, word.substring(equals + 1));
        threads |= name.equals("threads");
        operations |= name.equals("operations");
      } else if (cross > 0) {
        size = size.with("threads", word.substring(0, cross));
        size = size.with("operations", word.substring(cross + 1));
        threads = true;
        operations = true;
      } else {
        throw new IllegalArgumentException(
            "'" + word + "' is no part of a size, expected as 2x1 or groups=2");
      }
    }
    if (!threads || !operations) {
      throw new IllegalArgumentException(
          "a size says how many threads there are, and how many operations each has: as 2x1");
    }
    return size;
  }

  /** The same with one word of a size changed. */
  public Size with(String name, String value) {
    return switch (name) {
      case "threads" -> withNumbers(0, number(name, value));
      case "operations" -> withNumbers(1, number(name, value));
      case "containers" -> withNumbers(2, number(name, value));
      case "groups" -> withNumbers(3, number(name, value));
      case "processes" -> withNumbers(4, number(name, value));
      case "devices" -> withNumbers(5, number(name, value));
      case "setup" -> withNumbers(6, number(name, value));
      case "default-domain" -> withDefaultDomains(value);
      case "drivers" -> withDrivers(words("driver", value, List.of(Driver.values()), Driver::word));
      case "use" -> using(value);
      default ->
          throw new IllegalArgumentException(
              "'"
                  + name
                  + "' is no bound of a size"
                  + nearest(name, WORDS)
                  + ", expected one of "
                  + String.join(", ", WORDS));
    };
  }

  /** The same of other operations: words with commas, {@code core} or {@code all}. */
  public Size using(String list) {
    EnumSet<OperationKind> kinds = EnumSet.noneOf(OperationKind.class);
    for (String word : list.split(COMMA, -1)) {
      switch (word) {
        case "core" -> kinds.addAll(OperationKind.CORE);
        case "all" -> kinds.addAll(EnumSet.allOf(OperationKind.class));
        default ->
            kinds.addAll(
                words("operation", word, List.of(OperationKind.values()), OperationKind::word));
      }
    }
    return new Size(
        threads,
        operations,
        containers,
        groups,
        processes,
        devices,
        setup,
        defaultDomains,
        drivers,
        kinds);
  }

  private Size withNumbers(int which, int value) {
    int[] n = {threads, operations, containers, groups, processes, devices, setup};
    n[which] = value;
    return new Size(n[0], n[1], n[2], n[3], n[4], n[5], n[6], defaultDomains, drivers, uses);
  }

  private Size withDefaultDomains(String value) {
    Set<Boolean> values =
        switch (value) {
          case "yes" -> Set.of(true);
          case "no" -> Set.of(false);
          case "both" -> Set.of(true, false);
          default ->
              throw new IllegalArgumentException(
                  "default-domain is yes, no or both, not '" + value + "'");
        };
    return new Size(
        threads, operations, containers, groups, processes, devices, setup, values, drivers, uses);
  }

  private Size withDrivers(Set<Driver> values) {
    return new Size(
        threads,
        operations,
        containers,
        groups,
        processes,
        devices,
        setup,
        defaultDomains,
        values,
        uses);
  }

  private static <E extends Enum<E>> EnumSet<E> words(
      String noun, String list, List<E> values, Function<E, String> label) {
    EnumSet<E> found = EnumSet.noneOf(values.get(0).getDeclaringClass());
    List<String> known = values.stream().map(label).toList();
    for (String word : list.split(COMMA, -1)) {
      int at = known.indexOf(word);
      if (at < 0) {
        throw new IllegalArgumentException(
            "there is no "
                + noun
                + " '"
                + word
                + "'"
                + nearest(word, known)
                + ", expected some of "
                + String.join(", ", known));
      }
      found.add(values.get(at));
    }
    return found;
  }

  private static String nearest(String word, Collection<String> known) {
    Optional<String> near = Nearest.of(word, known);
    return near.map(n -> " (the nearest is " + n + ")").orElse("");
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "the number of " + name + " is a whole number, not '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  private static void inRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "the number of " + name + " is from " + least + " to " + most + ", not " + value);
    }
  }

  /** {@code 2x1}: the threads and their operations alone. */
  public String shape() {
    return threads + "x" + operations;
  }

  /** In words that {@link #parse} reads; what is usual is left out. */
  @Override
  public String toString() {
    Size usual = of(threads, operations);
    List<String> words = new ArrayList<>(List.of(shape()));
    say(words, "containers", containers, usual.containers);
    say(words, "groups", groups, usual.groups);
    say(words, "processes", processes, usual.processes);
    say(words, "devices", devices, usual.devices);
    say(words, "setup", setup, usual.setup);
    if (!defaultDomains.equals(usual.defaultDomains)) {
      words.add("default-domain=" + (defaultDomains.contains(true) ? "yes" : "no"));
    }
    if (!drivers.equals(usual.drivers)) {
      words.add("drivers=" + drivers.stream().map(Driver::word).collect(Collectors.joining(COMMA)));
    }
    if (!uses.equals(usual.uses)) {
      String all = uses.stream().map(OperationKind::word).collect(Collectors.joining(COMMA));
      words.add("use=" + (uses.size() == OperationKind.values().length ? "all" : all));
    }
    return String.join(" ", words);
  }

  private static void say(List<String> words, String name, int value, int usual) {
    if (value != usual) {
      words.add(name + "=" + value);
    }
  }

  /** The kinds of groups that are tried, in their order. */
  List<GroupKind> groupKinds() {
    List<GroupKind> kinds = new ArrayList<>();
    for (int number = 1; number <= devices; number++) {
      for (Driver driver : drivers) {
        for (boolean defaultDomain : defaultDomains) {
          kinds.add(new GroupKind(number, driver == Driver.MDEV || defaultDomain, driver));
        }
      }
    }
    return kinds.stream().distinct().sorted().toList();
  }
}
