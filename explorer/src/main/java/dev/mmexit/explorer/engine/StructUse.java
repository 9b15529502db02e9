package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** What the engine keeps with an object: whether others can find it, and how it was used. */
final class StructUse implements Undo.Target {
  private static final int LIFE = 0;

  /** Where others can find it. */
  private static final int NOBODY = -1;

  /**
   * The one site of the uses of an object's life: where it is freed and accessed matters little.
   */
  private static final int ANYWHERE = 1;

  private static final int PLAIN_READ = -1;
  private static final int PLAIN_WRITE = -2;

  private final ObjectSharing sharing;
  private final Undo undo;

  /** Who allocated it, by the place in the order of creation, while nobody else can find it. */
  private int creator = NOBODY;

  /** The life, and each field, once used. */
  private @Nullable FieldUse[] uses = new FieldUse[0];

  /** An object that exists from the start. */
  StructUse(ObjectSharing sharing, Undo undo) {
    this.sharing = sharing;
    this.undo = undo;
  }

  /** An object that was just allocated by {@code creator}; null where others can find it. */
  StructUse(ObjectSharing sharing, Undo undo, @Nullable ControlledContext creator) {
    this.sharing = sharing;
    this.undo = undo;
    this.creator = creator == null ? NOBODY : creator.index();
  }

  void publish() {
    if (creator != NOBODY) {
      undo.add(this, 0, creator);
      creator = NOBODY;
    }
  }

  @Override
  public void undo(int place, int index) {
    creator = index;
  }

  /**
   * Notes a plain access to a field, and says what others may do meanwhile.
   *
   * @param again whether this step has been executed before
   */
  Interference plain(ControlledContext context, Cell cell, boolean write, long now, boolean again) {
    if (creator == context.index()) {
      return Interference.NONE;
    }
    FieldSharing field = sharing.field(cell.index());
    if (again && field.isQuiet() && sharing.life.isQuiet()) {
      return Interference.NONE;
    }
    int site = site(context, write ? PLAIN_WRITE : PLAIN_READ);
    note(context, cell.struct(), cell.index() + 1, field, site, write, now, again);
    Interference freed = alive(context, cell.struct(), now, again);
    return field.isRaced(site) || (write && field.isSeenByDevice()) ? Interference.USED : freed;
  }

  /** Notes an operation of a primitive, and says what others may do meanwhile. */
  Interference operation(ControlledContext context, Cell cell, Op op, long now, boolean again) {
    if (creator == context.index()) {
      return Interference.NONE;
    }
    FieldSharing field = sharing.field(cell.index());
    boolean write = !Order.looks(op);
    int site = site(context, op.code());
    if (!again) {
      field.use(context, site, write);
    }
    // What it orders, and what not, has to be known from the start.
    note(context, use(cell.struct(), cell.index() + 1, now), field, site, write, again);
    Interference freed = alive(context, cell.struct(), now, again);
    // Whoever holds a reference may take another at any moment: it makes no difference to others.
    // Giving up a hold on memory does, where somebody uses the memory without one.
    boolean matters = op == Op.DROP ? sharing.life.isRaced() : op != Op.INC;
    return field.isRaced(site) && matters ? Interference.USED : freed;
  }

  /**
   * Has the context's state tell of a use that is about to be made, if it could turn out to be
   * unordered with one that another context makes next. Where nothing in the step before it can be
   * seen by others, or shows what they did, it need not: then the others may go first as well, and
   * the two uses meet that way round.
   */
  void tell(ControlledContext context, Cell cell, boolean write, long now) {
    if (creator == context.index() || !context.soFar().isEntangled()) {
      return;
    }
    FieldSharing field = sharing.field(cell.index());
    if (field.isOpen() && use(cell.struct(), cell.index() + 1, now).tell(context, write)) {
      context.soFar().touched(cell.key() + (write ? 1 : 0));
    }
    if (sharing.life.isOpen() && use(cell.struct(), LIFE, now).tell(context, false)) {
      context.soFar().touched(cell.struct().canonicalHash());
    }
  }

  /**
   * The object is about to be freed: that the step used it need not be told any more. Any use that
   * follows is one after free, whatever came before.
   */
  void untell(ControlledContext context, Struct struct, long now) {
    if (creator != context.index() && use(struct, LIFE, now).untell(context)) {
      context.soFar().untouched(struct.canonicalHash());
    }
  }

  /** Notes that a device looks at a field. */
  void device(Cell cell) {
    sharing.field(cell.index()).device();
  }

  private Interference alive(ControlledContext context, Struct struct, long now, boolean again) {
    if (again && sharing.life.isQuiet()) {
      return Interference.NONE;
    }
    note(context, struct, LIFE, sharing.life, ANYWHERE, false, now, again);
    return sharing.life.isRaced() ? Interference.FREED : Interference.NONE;
  }

  /**
   * Notes a use that orders nothing. As long as no two such uses could turn out to be unordered it
   * is not kept: when that changes, everything is explored anew.
   */
  private void note(
      ControlledContext context,
      Struct struct,
      int index,
      FieldSharing field,
      int site,
      boolean write,
      long now,
      boolean again) {
    if (!again) {
      field.use(context, site, write);
    }
    if (field.isKept()) {
      note(context, use(struct, index, now), field, site, write, again);
    }
  }

  private static void note(
      ControlledContext context,
      FieldUse use,
      FieldSharing field,
      int site,
      boolean write,
      boolean again) {
    if (again) {
      use.accessAgain(context, site, write);
    } else {
      use.access(context, site, write, field);
    }
  }

  /** Notes that the object is freed; whether others may use it meanwhile. */
  boolean free(ControlledContext context, Struct struct, long now) {
    if (creator == context.index()) {
      return false;
    }
    note(context, struct, LIFE, sharing.life, ANYWHERE, true, now, false);
    return sharing.life.isRaced();
  }

  /**
   * Notes what an operation orders. One that nobody else carries out at once orders nothing that is
   * not ordered anyway.
   */
  void order(ControlledContext context, Cell cell, Op op, long now) {
    FieldUse use = use(cell.struct(), cell.index() + 1, now);
    if (Order.waits(op) || (Order.acquires(op) && sharing.field(cell.index()).isRaced())) {
      use.acquire(context);
    }
    if (Order.releases(op)) {
      use.release(context);
    }
  }

  /** Whether a field is known to be used by several with nothing that orders them. */
  boolean isRaced(Cell cell) {
    return sharing.field(cell.index()).isRaced();
  }

  /** Whether others may free it while it is used. */
  boolean mayBeFreed() {
    return sharing.life.isRaced();
  }

  /** Notes that it was used after it was freed: when exactly it is freed matters. */
  void usedAfterFree() {
    sharing.life.race(ANYWHERE);
  }

  /** Notes that the context would have to wait for this lock. */
  void contended(ControlledContext context, Cell cell, Op op) {
    sharing.field(cell.index()).race(site(context, op.code()));
  }

  /** Where the context is: the function, and what it does there to a field. */
  private static int site(ControlledContext context, int what) {
    int site = context.functionHash() * 31 + what;
    return site == 0 ? 1 : site; // 0 is no site
  }

  private FieldUse use(Struct struct, int index, long now) {
    if (uses.length == 0) {
      uses = new FieldUse[struct.size() + 1];
    }
    FieldUse use = uses[index];
    if (use == null) {
      use = new FieldUse(undo);
      uses[index] = use;
    }
    use.enter(now);
    return use;
  }
}
