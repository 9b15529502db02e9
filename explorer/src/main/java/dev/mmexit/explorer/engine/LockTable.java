package dev.mmexit.explorer.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What steps take while holding what, with a number for each distinct sequence of that. Shared by
 * the engines of one exploration, so that a number says the same whoever gave it.
 */
public final class LockTable {
  /** The number of a step that takes nothing while it holds something. */
  public static final int NOTHING = 0;

  private final Map<LockClass, Integer> numbers = new HashMap<>();
  private final List<LockClass> classes = new ArrayList<>();
  private final Set<LockClass> exclusive = new LinkedHashSet<>();
  private final Map<Sequence, Integer> sequences = new HashMap<>();
  private final List<Sequence> all = new ArrayList<>();
  private final SortedMap<String, Set<Set<LockClass>>> entries = new TreeMap<>();

  /** A table of nothing. */
  public LockTable() {
    all.add(new Sequence(NOTHING, null));
  }

  /** Something taken or waited for, behind what the step took before. */
  private record Sequence(int before, @Nullable LockTaking last) {}

  /** The number of a class. */
  synchronized int number(LockClass lockClass) {
    Integer known = numbers.putIfAbsent(lockClass, classes.size());
    if (known != null) {
      return known;
    }
    classes.add(lockClass);
    return classes.size() - 1;
  }

  synchronized LockClass lockClass(int number) {
    return classes.get(number);
  }

  synchronized void takenExclusively(int number) {
    exclusive.add(classes.get(number));
  }

  /** The number of the sequence of {@code before} and {@code taking}. */
  synchronized int follow(int before, LockTaking taking) {
    Sequence sequence = new Sequence(before, taking);
    Integer known = sequences.putIfAbsent(sequence, all.size());
    if (known != null) {
      return known;
    }
    all.add(sequence);
    return all.size() - 1;
  }

  /** What a step with the number {@code sequence} takes, in no order. */
  public synchronized Set<LockTaking> takings(int sequence) {
    Set<LockTaking> takings = new LinkedHashSet<>();
    Sequence at = all.get(sequence);
    for (LockTaking last = at.last(); last != null; last = at.last()) {
      takings.add(last);
      at = all.get(at.before());
    }
    return takings;
  }

  /** Notes that somebody calls a function who holds or owes this. */
  synchronized void entered(String function, List<LockTaking.Held> held) {
    Set<LockClass> heldThere = new LinkedHashSet<>();
    held.forEach(lock -> heldThere.add(lock.lockClass()));
    entries.computeIfAbsent(function, unknown -> new LinkedHashSet<>()).add(heldThere);
  }

  /** For each function that was called each set of what somebody held or owed who called it. */
  public synchronized SortedMap<String, Set<Set<LockClass>>> entries() {
    return new TreeMap<>(entries);
  }

  /** The classes that were met so far. */
  public synchronized List<LockClass> classes() {
    return List.copyOf(classes);
  }

  /**
   * The classes that somebody took or waited for other than for reading. Nobody is ever held up by
   * the others.
   */
  public synchronized Set<LockClass> exclusive() {
    return Set.copyOf(exclusive);
  }
}
