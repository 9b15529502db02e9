package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Struct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an execution has changed, so that memory can be set back to how the set-up left it. */
final class Journal {
  private @Nullable Object[] targets = new Object[1024];
  private @Nullable Object[] values = new Object[1024];
  private long[] hashes = new long[1024];
  private int size;

  void changed(Cell cell, @Nullable Object old, long oldHash) {
    add(cell, old, oldHash);
  }

  void freed(Struct struct) {
    add(struct, null, 0);
  }

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

  /** Takes everything back, the latest first. */
  void undo() {
    while (size > 0) {
      size--;
      Object target = targets[size];
      if (target instanceof Cell cell) {
        cell.poke(values[size], hashes[size]);
      } else if (target instanceof Struct struct) {
        struct.setAlive(true);
      }
      targets[size] = null;
      values[size] = null;
    }
  }

  /** Keeps what has been done: the set-up is over. */
  void keep() {
    Arrays.fill(targets, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
  }
}
