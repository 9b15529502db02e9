package dev.mmexit.explorer.lockorder;

import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.engine.LockTaking;
import dev.mmexit.explorer.result.LockEdge;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An edge of the graph: whoever holds {@code from}, or owes it, takes {@code to} or waits for it.
 *
 * @param from what is held or owed
 * @param to what is taken or waited for
 */
public record Dependency(LockClass from, LockClass to) implements Comparable<Dependency> {
  private static final Comparator<Dependency> ORDER =
      Comparator.comparing(Dependency::from).thenComparing(Dependency::to);

  @Override
  public int compareTo(Dependency other) {
    return ORDER.compare(this, other);
  }

  /** All that one context makes by coming to a lock. */
  static Set<Dependency> of(LockTaking taking) {
    Set<Dependency> made = new TreeSet<>();
    for (LockTaking.Held held : taking.held()) {
      made.add(new Dependency(held.lockClass(), taking.to()));
    }
    return made;
  }

  /**
   * The locks that there is only one of and that are held for this dependency in {@code taking}, so
   * that no two contexts are at such a place at once.
   */
  List<LockClass> gates(LockTaking taking) {
    return taking.held().stream()
        .filter(held -> !held.shared())
        .map(LockTaking.Held::lockClass)
        .filter(gate -> gate.global() && !gate.event() && !gate.equals(from) && !gate.equals(to))
        .toList();
  }

  LockEdge.Kind kind() {
    return from.event() || to.event() ? LockEdge.Kind.EVENT : LockEdge.Kind.LOCK;
  }
}
