package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an execution has changed, so that memory can be set back to how it was. */
final class Journal {
  /** Stands for a change of {@link Struct#setSuccessor}, not of whether it is allocated. */
  private static final Object SUCCESSOR = new Object();

  private @Nullable Object[] targets = new Object[1024];
  private @Nullable Object[] values = new Object[1024];
  private long[] hashes = new long[1024];
  private int size;

  /** How many changes there are to take back. */
  int size() {
    return size;
  }

  void changed(Cell cell, @Nullable Object old, long oldHash) {
    add(cell, old, oldHash);
  }

  void freed(Struct struct) {
    add(struct, null, 0);
  }

  /** Memory was given to another object, which it had not been. */
  void succeeded(Struct struct) {
    add(struct, SUCCESSOR, 0);
  }

  /** A flag is written, which {@code writer} has written last. */
  void written(Flag flag, @Nullable Context writer) {
    add(new Writer(flag), writer, 0);
  }

  /** Who wrote a flag last: no part of its value. */
  private record Writer(Flag flag) {}

  private void add(Object target, @Nullable Object old, long oldHash) {
    if (size == targets.length) {
      targets = Arrays.copyOf(targets, size * 2);
      values = Arrays.copyOf(values, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    targets[size] = target;
    values[size] = old;
    hashes[size++] = oldHash;
  }

  /** Takes back, the latest first, all but the first {@code left} changes. */
  void undo(int left) {
    while (size > left) {
      size--;
      undo(targets[size], values[size], hashes[size]);
      targets[size] = null;
      values[size] = null;
    }
  }

  private static void undo(@Nullable Object target, @Nullable Object value, long hash) {
    if (target instanceof Cell cell) {
      cell.poke(value, hash);
    } else if (target instanceof Struct struct) {
      if (value == SUCCESSOR) {
        struct.setSuccessor(null);
      } else {
        struct.setAlive(true);
      }
    } else if (target instanceof Writer writer) {
      writer.flag.setLastWriter((Context) value);
    }
  }

  /** Keeps what has been done: the set-up is over. */
  void keep() {
    Arrays.fill(targets, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
  }
}
