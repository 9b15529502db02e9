package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a context were told, in order. A coroutine cannot be copied; but told the same
 * once more, a new one comes to where it was, and memory is left as it is meanwhile.
 */
final class Past {
  private static final int FIRST_SIZE = 64;

  /** What each call was about, to see that the same is asked again. */
  private Object[] subjects = new Object[FIRST_SIZE];

  private @Nullable Object[] told = new Object[FIRST_SIZE];
  private int size;

  /** For each call that enters a function the number of calls when it returned; 0: it has not. */
  private int[] ends = new int[FIRST_SIZE];

  /** How many of the calls have been made again. */
  private int at;

  /** The calls that entered the functions that are open, and what was held there. */
  private int[] open = new int[FIRST_SIZE];

  private long[] holding = new long[FIRST_SIZE];
  private int depth;

  /** The number of calls. */
  int size() {
    return size;
  }

  /** Notes what a call was told. */
  void add(Object subject, @Nullable Object answer) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, size * 2);
      told = Arrays.copyOf(told, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    subjects[size] = subject;
    told[size++] = answer;
  }

  /** Notes that an error ended the context. */
  void add(KernelBug bug) {
    add(KernelBug.class, bug);
  }

  /** Forgets all but the first {@code left} calls. */
  void cut(int left) {
    if (left == size) {
      return;
    }
    Arrays.fill(subjects, left, size, null);
    Arrays.fill(told, left, size, null);
    Arrays.fill(ends, left, size, 0);
    size = left;
    for (int i = 0; i < left; i++) {
      if (ends[i] > left) {
        ends[i] = 0;
      }
    }
  }

  /** From here the calls are made again. */
  void rewind() {
    at = 0;
    depth = 0;
  }

  /**
   * A function is entered.
   *
   * @param held stands for what the context holds
   * @param again whether it was before
   */
  void enter(String function, long held, boolean again) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
      holding = Arrays.copyOf(holding, depth * 2);
    }
    open[depth] = again ? at : size;
    holding[depth++] = held;
    if (again) {
      again(function);
    } else {
      add(function, null);
    }
  }

  /** The innermost function returns. */
  void leave(@Nullable Object result, long held, boolean again) {
    int entered = open[--depth];
    // Locks that are taken in one function and given up in another have to be taken again.
    if (!again && held == holding[depth]) {
      told[entered] = result;
      ends[entered] = size;
    }
  }

  /** Whether the innermost function has returned, and what it did need not be done again. */
  boolean isPassed() {
    return ends[open[depth - 1]] > 0;
  }

  /** Passes over the innermost function; what it returned. */
  @Nullable Object pass() {
    int entered = open[depth - 1];
    at = ends[entered];
    return told[entered];
  }

  /** Whether the next call was made before. */
  boolean isBehind() {
    return at < size;
  }

  /** What the next call was about. */
  Object subject() {
    return subjects[at];
  }

  /**
   * What the next call was told.
   *
   * @param asked what it is about this time
   */
  @Nullable Object again(Object asked) {
    if (at == size || (!same(subjects[at], asked) && subjects[at] != KernelBug.class)) {
      throw new IllegalStateException(
          "a context does not repeat what it did: call " + at + " of " + size);
    }
    Object answer = told[at++];
    if (subjects[at - 1] == KernelBug.class && answer instanceof KernelBug bug) {
      throw bug;
    }
    return answer;
  }

  /** The error that ended the context, to which it has come again. */
  KernelBug bug() {
    if (size > 0 && told[size - 1] instanceof KernelBug bug) {
      at = size;
      return bug;
    }
    throw new IllegalStateException("a context ends that did not");
  }

  /** Pointers to different objects can hold one address; functions are told by their names. */
  private static boolean same(Object one, Object other) {
    return one == other
        || (one instanceof String name && name.equals(other))
        || (one instanceof Cell first
            && other instanceof Cell second
            && first.key() == second.key())
        || (one instanceof Struct mine
            && other instanceof Struct theirs
            && Struct.same(mine, theirs));
  }
}
