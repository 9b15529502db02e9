package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Workqueue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows what contexts hold, and notes what a step takes or waits for meanwhile: what lockdep
 * would learn from it.
 *
 * <p>To come to a lock counts, whether it is free or not, and so does to come to a wait, whether it
 * is over already or not: which of the two it is depends on what others do, and the search passes
 * over waits that are certain to end. To enter an SRCU read section never waits, so that it counts
 * as held from then on, and not as taken. An event is held by whoever others wait for: from when it
 * sets the flag that they wait for until it clears it again, in an SRCU read section, or while a
 * work item runs.
 */
final class LockLog {
  private static final int UNKNOWN = 0;
  private static final int NO_LOCK = -1;

  private final Map<Class<?>, int[]> numbers = new HashMap<>();
  private final Map<Long, Integer> known = new HashMap<>();

  /** What calls of functions were told of: the function, and what was held. */
  private final Set<Long> entered = new HashSet<>();

  private final LockTable table;
  private final @Nullable LockListener listener;
  private boolean[] exclusive = new boolean[64];
  private boolean on = true;
  private int step = LockTable.NOTHING;

  /** A log that numbers what steps take in {@code table}, and tells {@code listener}. */
  LockLog(LockTable table, @Nullable LockListener listener) {
    this.table = table;
    this.listener = listener;
  }

  /** Has steps noted or not: nobody asks for those of an execution that repeats another. */
  void turn(boolean newOn) {
    on = newOn;
  }

  /** Forgets the last step. */
  void begin() {
    step = LockTable.NOTHING;
  }

  /** The number of what the step has taken, as {@link LockTable} gives it. */
  int step() {
    return step;
  }

  /** A context calls a function. */
  void enters(ControlledContext me, String function) {
    if (on && entered.add(Mix.chain(function.hashCode(), me.held().hash()))) {
      table.entered(function, me.held().list(table));
    }
  }

  /** A context is about to carry an operation out. */
  void before(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    switch (op) {
      case MUTEX_LOCK, SPIN_LOCK, DOWN_WRITE -> comes(me, cell, argument, false);
      case DOWN_READ -> comes(me, cell, argument, true);
      default -> {
        // Takes no lock.
      }
    }
  }

  /** A context that is brought to where it was carries an operation out once more. */
  void again(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    before(me, cell, op, argument);
    after(me, cell, op, argument);
  }

  /** A context comes to a wait for {@code event}, and gives {@code released} up meanwhile. */
  void awaits(ControlledContext me, Cell event, @Nullable Cell released) {
    int code = released == null ? HeldLocks.NONE : me.held().remove(released);
    comes(me, event, null, false);
    if (released != null && code != HeldLocks.NONE) {
      me.held().add(released, code);
    }
  }

  private void comes(ControlledContext me, Cell cell, @Nullable Object argument, boolean reads) {
    int number = number(cell, argument);
    if (number == NO_LOCK) {
      return;
    }
    if (!reads && !exclusive[number]) {
      exclusive[number] = true;
      table.takenExclusively(number);
    }
    HeldLocks held = me.held();
    if (held.has(cell)) {
      held.takeAgain(table.lockClass(number));
    }
    if (on && !me.repeats() && !held.isEmpty()) {
      long key = Mix.chain(Mix.chain(step, held.hash()), number);
      Integer next = known.get(key);
      if (next == null) {
        next = table.follow(step, new LockTaking(table.lockClass(number), held.list(table)));
        known.put(key, next);
      }
      step = next;
    }
    if (listener != null && !me.repeats()) {
      listener.comes(me, table.lockClass(number), cell);
    }
  }

  /** A context has carried an operation out. */
  void after(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    switch (op) {
      case MUTEX_LOCK, SPIN_LOCK, DOWN_WRITE -> begins(me, cell, argument, false);
      case DOWN_READ, SRCU_READ_LOCK -> begins(me, cell, argument, true);
      case START -> {
        if (cell instanceof Workqueue) {
          begins(me, cell, null, false);
        }
      }
      case MUTEX_UNLOCK, SPIN_UNLOCK, UP_READ, UP_WRITE, SRCU_READ_UNLOCK, WORK_DONE ->
          ends(me, cell);
      default -> {
        // Holds nothing.
      }
    }
  }

  /** Others wait on {@code event} for what a context does, or did. */
  void owes(ControlledContext me, Cell event, boolean owed) {
    if (!owed) {
      ends(me, event);
    } else if (!me.held().has(event)) {
      begins(me, event, null, false);
    }
  }

  private void begins(ControlledContext me, Cell cell, @Nullable Object argument, boolean shared) {
    int number = number(cell, argument);
    if (number == NO_LOCK) {
      return;
    }
    me.held().add(cell, number, shared);
    if (listener != null && !me.repeats()) {
      listener.begins(me, table.lockClass(number), cell);
    }
  }

  private void ends(ControlledContext me, Cell cell) {
    me.held().remove(cell);
    if (listener != null && !me.repeats()) {
      listener.ends(me, cell);
    }
  }

  /** The number of the class of a lock or event; {@link #NO_LOCK} for anything else. */
  private int number(Cell cell, @Nullable Object argument) {
    if (argument instanceof Integer subclass) {
      LockClass lockClass = LockClass.of(cell);
      return lockClass == null ? NO_LOCK : sized(table.number(lockClass.nested(subclass)));
    }
    int[] ofStruct =
        numbers.computeIfAbsent(cell.struct().getClass(), unknown -> new int[cell.struct().size()]);
    if (cell.index() >= ofStruct.length) {
      // Structs of one class can be of different sizes.
      ofStruct = Arrays.copyOf(ofStruct, cell.index() + 1);
      numbers.put(cell.struct().getClass(), ofStruct);
    }
    int number = ofStruct[cell.index()];
    if (number == UNKNOWN) {
      LockClass lockClass = LockClass.of(cell);
      number = lockClass == null ? NO_LOCK : sized(table.number(lockClass)) + 1;
      ofStruct[cell.index()] = number;
    }
    return number == NO_LOCK ? NO_LOCK : number - 1;
  }

  private int sized(int number) {
    if (number >= exclusive.length) {
      exclusive = Arrays.copyOf(exclusive, number * 2);
    }
    return number;
  }
}
