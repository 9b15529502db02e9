package dev.mmexit.reproduce.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the names that lockdep gives to locks into those of the model's classes. */
final class LockNames {
  /** A spinlock of old kernels: the lock inside of it. */
  private static final Pattern RAW = Pattern.compile("&?\\((.+)\\)->r?lock");

  /** The number of one of several classes of a name, and of a sub-class. */
  private static final Pattern NUMBERS = Pattern.compile("(?:#\\d+)?(?:/\\d+)?$");

  private static final Pattern LAST = Pattern.compile("(?:->|\\.| )(?=\\w+$)");

  /** What later kernels call it. */
  private static final String MMAP_LOCK = "mmap_lock";

  private static final String MMAP_SEM = "mmap_sem";

  private final Model model;

  LockNames(Model model) {
    this.model = model;
  }

  /** The class of the model that a lock of a report is of; empty where it has none. */
  Optional<String> of(String name) {
    String expression = plain(name);
    if (model.locks().contains(expression)) {
      return Optional.of(expression);
    }
    String field = field(expression);
    List<String> found = new ArrayList<>();
    for (String lock : model.locks()) {
      if (field(lock).equals(field)) {
        found.add(lock);
      }
    }
    if (found.size() > 1) {
      String owner = field(owner(expression));
      found.removeIf(lock -> !sameOwner(owner, owner(lock)));
    }
    // A field of any other name with the same owner would be another lock.
    boolean ambiguous = field.equals("lock") && owner(expression).isEmpty();
    return found.size() == 1 && !ambiguous ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static String plain(String name) {
    String text = NUMBERS.matcher(name.strip()).replaceFirst("");
    Matcher raw = RAW.matcher(text);
    if (raw.matches()) {
      text = raw.group(1);
    }
    while (text.startsWith("&") || (text.startsWith("(") && text.endsWith(")"))) {
      text = text.startsWith("&") ? text.substring(1) : text.substring(1, text.length() - 1);
    }
    return text.endsWith(MMAP_LOCK)
        ? text.substring(0, text.length() - MMAP_LOCK.length()) + MMAP_SEM
        : text;
  }

  private static String field(String expression) {
    Matcher last = LAST.matcher(expression);
    int at = 0;
    while (last.find()) {
      at = last.end();
    }
    return expression.substring(at);
  }

  private static String owner(String expression) {
    Matcher last = LAST.matcher(expression);
    int end = 0;
    while (last.find()) {
      end = last.start();
    }
    return expression.substring(0, end);
  }

  /** Whether two names can be of one struct: {@code iommu_param} and {@code param}. */
  private static boolean sameOwner(String reported, String modelled) {
    return reported.equals(modelled) || reported.endsWith("_" + modelled);
  }
}
