package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Struct;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of how contexts share memory: the ground on which interleavings are left out.
 *
 * <p>A field that one context uses alone, or that nobody writes, or that is only ever used under one
 * common lock, need not be a place where another context goes first: what is done to it commutes with
 * whatever the others do meanwhile (Lipton, "Reduction", 1975; the locks that a field is used under
 * are found as in Savage et al., "Eraser", 1997). The same holds for a lock that is only ever taken
 * and released under another. Freeing an object counts as writing all of it.
 *
 * <p>Nothing is assumed. The exploration starts as if nothing was shared and watches every access; as
 * soon as it sees a field shared without a common lock, it notes that, and what was explored before
 * counts no more. What is known in the end does not depend on the order in which it was found out:
 * the fields that some execution shares without a common lock.
 */
public final class Sharing {
  private final Map<Long, ObjectSharing> fixed = new ConcurrentHashMap<>();
  private final Map<String, ObjectSharing> byType = new ConcurrentHashMap<>();
  private volatile boolean changed;

  /** The knowledge of an object that exists from the start. */
  ObjectSharing ofFixed(Struct struct) {
    return fixed.computeIfAbsent(
        struct.canonicalHash(), unknown -> new ObjectSharing(this, struct.size(), false));
  }

  /** The knowledge of the objects of a type that come and go. */
  ObjectSharing ofType(Struct struct) {
    String name = struct.type() + "." + struct.getClass().getName();
    return byType.computeIfAbsent(
        name, unknown -> new ObjectSharing(this, ObjectSharing.MAX_FIELDS, true));
  }

  void change() {
    changed = true;
  }

  /** Whether something was learned since the last call. */
  public boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
