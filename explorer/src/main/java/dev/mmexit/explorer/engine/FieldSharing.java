package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Lock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether contexts use a field at once, and at which sites: a site is a function and what it does
 * to the field. What is known only ever grows.
 */
final class FieldSharing {
  private static final long[] NONE = {};

  private final Sharing all;

  /** The sites known so far. */
  private volatile Sites sites = Sites.NONE;

  /** Those of them whose use is unordered with another somewhere. */
  private volatile Sites raced = Sites.NONE;

  private volatile boolean seenByDevice;
  private volatile boolean written;

  /** Whether more than one context uses it. */
  private volatile boolean several;

  private volatile long user;

  /**
   * The mutexes and spinlocks that were held at every use so far (Savage et al., "Eraser", 1997);
   * null before the first one.
   */
  private volatile long @Nullable [] guards;

  /** See {@link #isOpen}. */
  private volatile boolean open;

  /** See {@link #isQuiet}. */
  private volatile boolean quiet;

  FieldSharing(Sharing all) {
    this.all = all;
    quiet = !all.keepsAll();
  }

  /** Notes a use that others could make too. */
  void use(ControlledContext context, int site, boolean write) {
    long[] known = guards;
    if (known == null
        || !sites.has(site)
        || (known.length > 0 && !holds(context, known))
        || (write && !written)
        || (!several && user != context.canonicalHash())) {
      learn(context, site, write);
    }
  }

  private static boolean holds(ControlledContext context, long[] guards) {
    for (long guard : guards) {
      if (!holds(context, guard)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(ControlledContext context, long guard) {
    List<Lock> locks = context.locks();
    for (int i = 0; i < locks.size(); i++) {
      if (locks.get(i).key() == guard) {
        return true;
      }
    }
    return false;
  }

  private synchronized void learn(ControlledContext context, int site, boolean write) {
    boolean before = open;
    long[] known = guards;
    if (known == null) {
      user = context.canonicalHash();
      guards = context.locks().stream().mapToLong(Lock::key).toArray();
    } else {
      several |= user != context.canonicalHash();
      long[] left = Arrays.stream(known).filter(guard -> holds(context, guard)).toArray();
      guards = left.length == 0 ? NONE : left;
    }
    written |= write;
    sites = sites.with(site);
    judge();
    if (open != before) {
      all.change();
    }
  }

  private void judge() {
    long[] known = guards;
    open = written && several && known != null && known.length == 0 && raced.size() < sites.size();
    quiet = !isKept() && !isRaced() && !seenByDevice;
  }

  /**
   * Whether two uses of it could still turn out to be unordered that are not known to be: somebody
   * changes it, no lock excludes it, and at some site it was not seen to happen. Only then has it
   * to be known who used it; when this changes, what was explored before counts no more.
   */
  boolean isOpen() {
    return open;
  }

  /** Whether uses have to be kept, to be compared with later ones. */
  boolean isKept() {
    return open || all.keepsAll();
  }

  /** Notes that the use at a site is unordered with one of another context that conflicts. */
  void race(int site) {
    if (!isRaced(site)) {
      learnRace(site);
    }
  }

  private synchronized void learnRace(int site) {
    sites = sites.with(site);
    raced = raced.with(site);
    judge();
    all.change();
  }

  /** Whether that is known of any site. */
  boolean isRaced() {
    return raced.size() > 0;
  }

  /** Whether that is known of the site. */
  boolean isRaced(int site) {
    return raced.has(site);
  }

  /** Notes that a device reads it, which nothing orders. */
  void device() {
    if (!seenByDevice) {
      learnDevice();
    }
  }

  private synchronized void learnDevice() {
    seenByDevice = true;
    judge();
    all.change();
  }

  /** Whether a use of it that was made before needs no attention: as far as is known. */
  boolean isQuiet() {
    return quiet;
  }

  boolean isSeenByDevice() {
    return seenByDevice;
  }
}
