package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.engine.LockTaking;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an exploration says about the order of locks.
 *
 * @param classes the classes and events that were taken or waited for
 * @param exclusive those of which some lock was taken or waited for other than for reading
 * @param takings what was taken or waited for while something was held, each with the shortest
 *     schedule that comes to it, what needs the shortest of all first
 * @param entries for each function that was called each set of what was held or owed there
 * @param cycles for a finding of contexts that wait for each other, what each of them waits for:
 *     the one after it holds that
 */
public record LockOrder(
    SortedSet<LockClass> classes,
    Set<LockClass> exclusive,
    Map<LockTaking, Schedule> takings,
    SortedMap<String, Set<Set<LockClass>>> entries,
    SortedMap<Key, List<LockClass>> cycles) {
  /** Where nobody wants to know. */
  static final LockOrder NONE =
      new LockOrder(new TreeSet<>(), Set.of(), Map.of(), new TreeMap<>(), new TreeMap<>());
}
