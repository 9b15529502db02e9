package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Struct;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of how contexts share memory: the ground on which interleavings are left out.
 *
 * <p>Two uses of a field by different contexts, one of which changes it, are <em>unordered</em>
 * where neither happens before the other (vector clocks, as in Flanagan and Freund, "FastTrack",
 * 2009). A site, which is a function and what it does to a field, whose use is never unordered with
 * another need not be a place where another context goes first: what is done there commutes with
 * whatever the others do meanwhile (Lipton, "Reduction", 1975). That holds for plain fields, for
 * counters, and for locks that are not contended there; freeing an object counts as changing all of
 * it.
 *
 * <p>Nothing is assumed. The exploration starts as if nothing was shared and watches every use; as
 * soon as it sees two that are unordered, it notes the field, and what was explored before counts
 * no more. What is known in the end does not depend on the order in which it was found out. Clocks
 * are history and not state, so a state also tells which fields each context has used in its last
 * step: what such a use is unordered with is then the same on every way to that state.
 */
public final class Sharing {
  private final Map<Long, ObjectSharing> fixed = new ConcurrentHashMap<>();
  private final Map<String, ObjectSharing> byType = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Whether freed memory comes back as another object. */
  private volatile boolean memoryIsReused;

  /** Notes that freed memory comes back as another object. */
  void reuseMemory() {
    memoryIsReused = true;
  }

  /**
   * Whether every use is kept, that of a field which nothing is to be learned of included: where
   * memory is used again, what is at an address changes while a context stands before it.
   */
  boolean keepsAll() {
    return memoryIsReused;
  }

  /** The knowledge of an object that exists from the start. */
  ObjectSharing ofFixed(Struct struct) {
    return fixed.computeIfAbsent(
        struct.canonicalHash(), unknown -> new ObjectSharing(this, struct.type(), struct.size()));
  }

  /** The knowledge of the objects of a type that come and go. */
  ObjectSharing ofType(Struct struct) {
    String name = struct.type() + "." + struct.getClass().getName();
    return byType.computeIfAbsent(
        name, unknown -> new ObjectSharing(this, struct.type(), ObjectSharing.MAX_FIELDS));
  }

  void change() {
    changes.incrementAndGet();
  }

  /** How often something was learned. */
  public long changes() {
    return changes.get();
  }
}
