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

  /** How many of the calls have been made again. */
  private int at;

  /** The number of calls. */
  int size() {
    return size;
  }

  /** Notes what a call was told. */
  void add(Object subject, @Nullable Object answer) {
    if (size == subjects.length) {
      subjects = Arrays.copyOf(subjects, size * 2);
      told = Arrays.copyOf(told, size * 2);
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
    Arrays.fill(subjects, left, size, null);
    Arrays.fill(told, left, size, null);
    size = left;
  }

  /** From here the calls are made again. */
  void rewind() {
    at = 0;
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

  /** Pointers to different objects can hold one address. */
  private static boolean same(Object one, Object other) {
    return one == other
        || (one instanceof Cell first
            && other instanceof Cell second
            && first.key() == second.key())
        || (one instanceof Struct mine
            && other instanceof Struct theirs
            && Struct.same(mine, theirs));
  }
}
