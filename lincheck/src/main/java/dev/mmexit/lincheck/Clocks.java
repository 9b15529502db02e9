package dev.mmexit.lincheck;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happens before what in one execution. Vector clocks find the fields that two contexts use
 * with nothing to order the uses but the field itself. Hashes tell executions apart that differ in
 * more than the order of uses that do not conflict.
 */
final class Clocks {
  private static final int CONTEXTS = 32;

  private final IdentityHashMap<Context, Integer> numbers = new IdentityHashMap<>();
  private final int[][] clocks = new int[CONTEXTS][];

  /** By context: stands for its last use of anything, with all that happened before that. */
  private final long[] histories = new long[CONTEXTS];

  private final Map<Long, Uses> uses = new HashMap<>();
  private final Listener listener;
  private long order;

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

  /**
   * How a field is used: two uses conflict unless both only look, or both add to a set. To raise a
   * counter and to drop one that only keeps memory commute as well: whoever raises it holds a
   * reference, so that the drop is not the last.
   */
  private enum Use {
    READ,
    WRITE,
    LOOK,
    MARKED_WRITE,
    ADD,
    DROP,
    CHANGE,
    DEVICE;

    static final int COUNT = values().length;

    @SuppressWarnings("EnumOrdinal") // it never leaves the program
    private final int number = ordinal();

    private boolean isPlain() {
      return this == READ || this == WRITE;
    }

    private boolean looks() {
      return this == READ || this == LOOK || this == DEVICE;
    }

    private boolean conflicts(Use other) {
      return !(looks() && other.looks())
          && !(this == ADD && (other == ADD || other == DROP))
          && !(this == DROP && other == ADD);
    }

    /** Whether it is an operation, which orders what comes before it and after. */
    boolean orders() {
      return this == LOOK || this == MARKED_WRITE || this == ADD || this == DROP || this == CHANGE;
    }

    /** Whether two unordered uses are a data race, given that they conflict. */
    boolean races(Use other) {
      return this != DEVICE && other != DEVICE && (isPlain() || other.isPlain());
    }
  }

  /** With which kinds of use each conflicts. */
  private static final Map<Use, List<Use>> CONFLICTING =
      Stream.of(Use.values())
          .collect(
              Collectors.toMap(
                  use -> use,
                  use -> Stream.of(Use.values()).filter(use::conflicts).toList(),
                  (one, other) -> one,
                  () -> new EnumMap<>(Use.class)));

  /** Of one field: by kind of use, when each context made its last, and what came before any. */
  private static final class Uses {
    final int[] @Nullable [] last = new int[Use.COUNT][];
    final int[] @Nullable [] before = new int[Use.COUNT][];

    /** By kind of use: stands for the set of them. */
    final long[] sums = new long[Use.COUNT];
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
      case DROP -> Use.DROP;
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

  /**
   * A context stands before a use that it may never make, as it waits for ever or the execution
   * ends there: it is only compared with those that were made.
   *
   * @param key of a field, or {@link #life} of an object
   */
  void attempted(Context context, long key) {
    Uses all = uses.get(key);
    if (all == null) {
      return;
    }
    int me = number(context);
    int[] clock = clock(me);
    if (Stream.of(all.last).anyMatch(last -> last != null && isUnordered(last, clock, me))) {
      listener.contended(key);
    }
  }

  /** Notes what else the state of a context depends on, such as what was chosen for it. */
  void told(Context context, long what) {
    happened(number(context), what);
  }

  /** What stands for whether {@code struct} is allocated, as a field that is written once. */
  static long life(Struct struct) {
    return ~struct.canonicalHash();
  }

  void spawned(Context parent, Context child) {
    int by = number(parent);
    int[] of = clock(by);
    int its = number(child);
    join(clock(its), of);
    of[by]++;
    histories[its] = Mix.chain(histories[by], child.canonicalHash());
    happened(by, child.canonicalHash());
  }

  /**
   * Stands for all that has happened, but for the order of uses that do not conflict: the same code
   * with the same uses behind it is in the same state.
   */
  long state() {
    long sum = 0;
    for (long history : histories) {
      sum += Mix.mix(history);
    }
    return sum;
  }

  /** Stands for all that has happened, in its order. */
  long order() {
    return order;
  }

  private int number(Context context) {
    Integer known = numbers.get(context);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    numbers.put(context, number);
    histories[number] = context.canonicalHash();
    return number;
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

  /** Appends to what a context has done; what stands for that. */
  private long happened(int context, long what) {
    long history = Mix.chain(histories[context], what);
    histories[context] = history;
    order = Mix.chain(order, history);
    return history;
  }

  private void note(Context context, @Nullable Cell cell, long key, Use use) {
    int me = number(context);
    int[] clock = clock(me);
    Uses all = uses.computeIfAbsent(key, k -> new Uses());
    List<Use> conflicting = Objects.requireNonNull(CONFLICTING.get(use));
    boolean contended = false;
    long earlier = Mix.chain(key, use.number);
    for (Use other : conflicting) {
      int[] last = all.last[other.number];
      if (last != null) {
        earlier = Mix.chain(earlier, all.sums[other.number] + other.number);
        if (isUnordered(last, clock, me)) {
          contended = true;
          if (cell != null && use.races(other)) {
            listener.race(context, cell);
          }
        }
      }
    }
    if (contended) {
      listener.contended(key);
    }
    all.sums[use.number] += happened(me, earlier);
    if (use.orders()) {
      for (Use other : conflicting) {
        int[] before = all.before[other.number];
        if (before != null) {
          join(clock, before);
        }
      }
    }
    clock[me]++;
    clockOf(all.last, use)[me] = clock[me];
    if (use.orders()) {
      join(clockOf(all.before, use), clock);
    }
  }

  private static int[] clockOf(int[] @Nullable [] clocks, Use use) {
    int[] clock = clocks[use.number];
    if (clock == null) {
      clock = new int[CONTEXTS];
      clocks[use.number] = clock;
    }
    return clock;
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
    for (int i = 0; i < CONTEXTS; i++) {
      clock[i] = Math.max(clock[i], other[i]);
    }
  }
}
