package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Before which accesses Lincheck may switch threads: those to fields that contexts have been seen
 * to contend for. What is found while an exploration runs is used by the next, as one exploration
 * needs the same points in each of its executions.
 */
final class Points {
  private final Set<Long> known = new HashSet<>();
  private final Set<Long> found = new HashSet<>();

  private final boolean everywhere;

  /** None yet. */
  Points() {
    this(false);
  }

  /** Points where Lincheck may switch before every operation that can disturb another context. */
  Points(boolean everywhere) {
    this.everywhere = everywhere;
  }

  /** Notes that a field is contended for. */
  void contended(long key) {
    if (!known.contains(key)) {
      found.add(key);
    }
  }

  /** Whether something was found that the current exploration does not know. */
  boolean hasNews() {
    return !found.isEmpty();
  }

  /** Takes over what was found. */
  void learn() {
    known.addAll(found);
    found.clear();
  }

  /** How many there are. */
  int size() {
    return known.size();
  }

  /** Whether contexts contend for a field, or a device looks at one. */
  boolean isContended(Cell cell, @Nullable Op op) {
    return op == Op.HARDWARE || known.contains(cell.key());
  }

  /** Whether others may go first before an access; {@code op} is null for a plain one. */
  boolean isPoint(Cell cell, @Nullable Op op) {
    // To give something up only lets others go on, so they may as well go on later.
    boolean isRelease = op != null && op.kind() == Op.Kind.RELEASE;
    return !isRelease && (isContended(cell, op) || (everywhere && op != null));
  }

  /** Whether one context frees {@code struct} with nothing to order that after another's use. */
  boolean mayBeFreed(Struct struct) {
    return known.contains(Clocks.life(struct));
  }
}
