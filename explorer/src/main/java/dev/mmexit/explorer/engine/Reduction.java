package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where contexts can be switched, and what is learned of shared memory on the way. With a
 * granularity other than {@link Granularity#REDUCED} nothing is learned.
 */
final class Reduction {
  private final Granularity granularity;
  private final Sharing sharing;
  private final boolean on;
  private final Undo undo;

  /** What is known of the objects of each class, found by the class alone. */
  private final Map<Class<?>, ObjectSharing> known = new HashMap<>();

  /** The number of the execution: what fields say of earlier ones is void. */
  private long now;

  /**
   * Whether this step has been executed before: all that can be learned from it is known. What is
   * ordered before what is kept track of nevertheless.
   */
  private boolean again;

  Reduction(Granularity granularity, Sharing sharing, Undo undo) {
    this.undo = undo;
    this.granularity = granularity;
    this.sharing = sharing;
    this.on = granularity == Granularity.REDUCED;
  }

  /**
   * An execution begins.
   *
   * @param anew whether what is known of uses in the one before is void
   */
  void beginExecution(boolean anew) {
    if (anew) {
      now++;
    }
    again = !anew;
  }

  void repeat(boolean newAgain) {
    again = newAgain;
  }

  /** Notes that freed memory comes back as another object. */
  void reuseMemory() {
    sharing.reuseMemory();
  }

  /** Notes an object that exists from the start. */
  void fixed(Struct struct) {
    struct.attach(new StructUse(sharing.ofFixed(struct), undo));
  }

  /**
   * Notes a new object.
   *
   * @param creator who has allocated it: nobody else can find it yet; null where others can
   */
  void allocated(Struct struct, @Nullable ControlledContext creator) {
    ObjectSharing objects = known.get(struct.getClass());
    if (objects == null || !objects.type().equals(struct.type())) {
      objects = sharing.ofType(struct);
      known.put(struct.getClass(), objects);
    }
    struct.attach(new StructUse(objects, undo, creator));
  }

  /** Notes that others can find an object from now on. */
  void published(Struct struct) {
    if (struct.attachment() instanceof StructUse use) {
      use.publish();
    }
  }

  private static StructUse use(Struct struct) {
    if (struct.attachment() instanceof StructUse use) {
      return use;
    }
    throw new IllegalStateException(struct.describe() + " is not known to the engine");
  }

  /** What others can do at the moment of a plain access. */
  Interference plain(ControlledContext me, Cell cell, boolean write) {
    return on ? use(cell.struct()).plain(me, cell, write, now, again) : Interference.NONE;
  }

  /** Whether a plain access begins a step. */
  boolean beginsWith(ControlledContext me, Cell cell, Interference others) {
    return switch (granularity) {
      case REDUCED -> others != Interference.NONE && !me.soFar().canMerge();
      // Operations are enough where there are no data races.
      case EVERY_OPERATION -> me.soFar().hasReleased() || use(cell.struct()).isRaced(cell);
      case EVERY_ACCESS -> true;
    };
  }

  /** What others can do at the moment of an operation. */
  Interference operation(
      ControlledContext me, Cell cell, Op op, @Nullable Object argument, boolean locks) {
    if (!on || Waits.always(op)) {
      return Interference.USED;
    }
    StructUse use = use(cell.struct());
    Interference others = use.operation(me, cell, op, now, again);
    if (op == Op.KMEM_CACHE_ALLOC && cell.peek() != null) {
      // Whoever still has a pointer to the object that was freed finds a new one, and sees in which
      // order its fields are set.
      return Interference.USED;
    }
    if (locks
        && others != Interference.USED
        && cell.struct().isAlive()
        && !cell.ready(op, argument, me)) {
      use.contended(me, cell, op);
      return Interference.USED;
    }
    return others;
  }

  /** Whether an operation begins a step. */
  boolean beginsWith(ControlledContext me, Op op, Interference others, boolean locks) {
    if (!on || Waits.always(op)) {
      return true;
    }
    boolean mayBeLater = op.kind() != Op.Kind.RELEASE || op == Op.DROP;
    return mayBeLater
        && others != Interference.NONE
        && (!me.soFar().canMerge() || (locks && others == Interference.USED));
  }

  /** Whether an operation gives something up in an object that others may free meanwhile. */
  boolean releasesFreed(Cell cell, Op op) {
    return on && op.kind() == Op.Kind.RELEASE && op != Op.DROP && use(cell.struct()).mayBeFreed();
  }

  /** A plain access is about to be made, in this step. */
  void makes(ControlledContext me, Cell cell, boolean write) {
    if (on && !again) {
      use(cell.struct()).tell(me, cell, write, now);
    }
  }

  /** An operation is about to be carried out, in this step. */
  void makes(ControlledContext me, Cell cell, Op op) {
    if (!on) {
      return;
    }
    if (!again && !Waits.always(op)) {
      use(cell.struct()).tell(me, cell, !Order.looks(op), now);
    }
    if (Order.releases(op)) {
      me.soFar().entangle();
    }
  }

  /** Keeps track of what an operation that was carried out is ordered after and before. */
  void order(ControlledContext me, Cell cell, Op op) {
    if (on) {
      use(cell.struct()).order(me, cell, op, now);
    }
  }

  /** Whether others can use an object that is about to be freed. */
  boolean frees(ControlledContext me, Struct struct) {
    return on && use(struct).free(me, struct, now);
  }

  /** Whether freeing an object begins a step. */
  boolean beginsWithFree(ControlledContext me, boolean racy) {
    return granularity == Granularity.EVERY_ACCESS || (racy && !me.soFar().canMerge());
  }

  /** An object is freed, in this step. */
  void makesFree(ControlledContext me, Struct struct) {
    if (on) {
      use(struct).untell(me, struct, now);
    }
  }

  /** An object was found to be used after it was freed. */
  void usedAfterFree(Struct struct) {
    if (on) {
      use(struct).usedAfterFree();
    }
  }

  /** A device looks at a field. */
  void device(Cell cell) {
    if (on) {
      use(cell.struct()).device(cell);
    }
  }
}
