package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** What the engine keeps with an object: whether others can find it, and who has used it. */
final class StructUse {
  private static final int LIFE = 0;

  private final ObjectSharing sharing;
  private final boolean fixed;

  /** Who allocated it, while nobody else can find it. */
  private @Nullable ControlledContext creator;

  /** Who used the life and each field, as long as it was one context; of one of many objects. */
  private ControlledContext @Nullable [] users;

  /** An object that exists from the start. */
  StructUse(ObjectSharing sharing) {
    this.sharing = sharing;
    this.fixed = true;
  }

  /** An object that {@code creator} has just allocated. */
  StructUse(ObjectSharing sharing, ControlledContext creator) {
    this.sharing = sharing;
    this.fixed = false;
    this.creator = creator;
  }

  boolean isFixed() {
    return fixed;
  }

  void publish() {
    creator = null;
  }

  /** Notes an access to a field, and says what others may do meanwhile. */
  Interference access(ControlledContext context, Cell cell, boolean write) {
    if (creator == context) {
      return Interference.NONE;
    }
    Struct struct = cell.struct();
    boolean freed = note(context, struct, sharing.life, LIFE, false);
    boolean used = note(context, struct, sharing.field(cell.index()), cell.index() + 1, write);
    return used ? Interference.USED : freed ? Interference.FREED : Interference.NONE;
  }

  /** Notes that the object is freed; whether others may use it meanwhile. */
  boolean free(ControlledContext context, Struct struct) {
    return creator != context
        && note(context, struct, sharing.life, LIFE, true);
  }

  /** Notes that somebody waits for this lock. */
  void contended(Cell cell) {
    sharing.field(cell.index()).contend();
  }

  private boolean note(
      ControlledContext context, Struct struct, FieldSharing field, int index, boolean write) {
    if (fixed) {
      return field.access(context, struct, write, false, false);
    }
    ControlledContext[] mine = users;
    if (mine == null) {
      mine = new ControlledContext[struct.size() + 1];
      users = mine;
    }
    ControlledContext user = mine[index];
    if (user == null) {
      mine[index] = context;
    }
    boolean byOthers = user != null && user != context;
    return field.access(context, struct, write, true, byOthers);
  }
}
