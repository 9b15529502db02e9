package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens before what in one execution, by vector clocks: finds the fields that two contexts
 * use with nothing to order the uses but the field itself.
 */
final class Clocks {
  private static final int CONTEXTS = 32;

  private final IdentityHashMap<Context, Integer> numbers = new IdentityHashMap<>();
  private final int[][] clocks = new int[CONTEXTS][];
  private final Map<Long, Uses> uses = new HashMap<>();
  private final Listener listener;

  Clocks(Listener listener) {
    this.listener = listener;
  }

  /** Hears of uses that nothing orders. */
  interface Listener {
    /** Two contexts use a field, or one uses an object that the other frees. */
    void contended(long key);

    /** Nothing orders two plain accesses to a field, one of which writes it. */
    void race(Context context, Cell cell);
  }

  /** How a field is used: two uses conflict unless both only look, or both add to a set. */
  private enum Use {
    READ,
    WRITE,
    LOOK,
    MARKED_WRITE,
    ADD,
    CHANGE,
    DEVICE;

    private boolean isPlain() {
      return this == READ || this == WRITE;
    }

    private boolean looks() {
      return this == READ || this == LOOK || this == DEVICE;
    }

    boolean conflicts(Use other) {
      return !(looks() && other.looks()) && !(this == ADD && other == ADD);
    }

    /** Whether it is an operation, which orders what comes before it and after. */
    boolean orders() {
      return this == LOOK || this == MARKED_WRITE || this == ADD || this == CHANGE;
    }

    /** Whether two unordered uses are a data race, given that they conflict. */
    boolean races(Use other) {
      return this != DEVICE && other != DEVICE && (isPlain() || other.isPlain());
    }
  }

  /** Of one field: by kind of use, when each context made its last, and what came before any. */
  private static final class Uses {
    final EnumMap<Use, int[]> last = new EnumMap<>(Use.class);
    final EnumMap<Use, int[]> before = new EnumMap<>(Use.class);
  }

  private static Use use(Op op) {
    return switch (op) {
      case READ_ONCE, COUNT -> Use.LOOK;
      case WRITE_ONCE -> Use.MARKED_WRITE;
      case INC,
          DOWN_READ,
          UP_READ,
          PREPARE_TO_WAIT,
          FINISH_WAIT,
          SRCU_READ_LOCK,
          SRCU_READ_UNLOCK,
          QUEUE_WORK,
          WORK_DONE ->
          Use.ADD;
      default -> Use.CHANGE;
    };
  }

  /** Whether an operation tells of nothing but what a device does, which {@link #device} hears. */
  private static boolean isNothing(Op op) {
    return op == Op.HARDWARE || op == Op.START || op == Op.NOP;
  }

  void operation(Context context, Cell cell, Op op) {
    alive(context, cell.struct());
    if (!isNothing(op)) {
      note(context, cell, cell.key(), use(op));
    }
  }

  void plain(Context context, Cell cell, boolean writes) {
    alive(context, cell.struct());
    note(context, cell, cell.key(), writes ? Use.WRITE : Use.READ);
  }

  void device(Context context, Cell cell) {
    note(context, null, cell.key(), Use.DEVICE);
  }

  void free(Context context, Struct struct) {
    note(context, null, life(struct), Use.WRITE);
  }

  private void alive(Context context, Struct struct) {
    note(context, null, life(struct), Use.READ);
  }

  /** What stands for whether {@code struct} is allocated, as a field that is written once. */
  static long life(Struct struct) {
    return ~struct.canonicalHash();
  }

  void spawned(Context parent, Context child) {
    int[] of = clock(number(parent));
    int[] its = clock(number(child));
    join(its, of);
    of[number(parent)]++;
  }

  private int number(Context context) {
    return numbers.computeIfAbsent(context, key -> numbers.size());
  }

  private int[] clock(int number) {
    int[] clock = clocks[number];
    if (clock == null) {
      clock = new int[CONTEXTS];
      clock[number] = 1;
      clocks[number] = clock;
    }
    return clock;
  }

  private void note(Context context, @Nullable Cell cell, long key, Use use) {
    int me = number(context);
    int[] clock = clock(me);
    Uses all = uses.computeIfAbsent(key, k -> new Uses());
    boolean contended = false;
    for (Map.Entry<Use, int[]> other : all.last.entrySet()) {
      if (use.conflicts(other.getKey()) && isUnordered(other.getValue(), clock, me)) {
        contended = true;
        if (cell != null && use.races(other.getKey())) {
          listener.race(context, cell);
        }
      }
    }
    if (contended) {
      listener.contended(key);
    }
    if (use.orders()) {
      all.before.forEach(
          (other, before) -> {
            if (use.conflicts(other)) {
              join(clock, before);
            }
          });
    }
    clock[me]++;
    all.last.computeIfAbsent(use, kind -> new int[CONTEXTS])[me] = clock[me];
    if (use.orders()) {
      join(all.before.computeIfAbsent(use, kind -> new int[CONTEXTS]), clock);
    }
  }

  private static boolean isUnordered(int[] last, int[] clock, int me) {
    for (int i = 0; i < CONTEXTS; i++) {
      if (i != me && last[i] > clock[i]) {
        return true;
      }
    }
    return false;
  }

  private static void join(int[] clock, int[] other) {
    Arrays.setAll(clock, i -> Math.max(clock[i], other[i]));
  }
}
