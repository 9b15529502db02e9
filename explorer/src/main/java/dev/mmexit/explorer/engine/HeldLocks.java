package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a context holds, and what others wait for it to do: nobody but the context itself changes
 * that, so it is a matter of what the context has done and of nothing else.
 */
final class HeldLocks {
  static final int NONE = -1;

  private Cell[] cells = new Cell[8];

  /** For each its class and whether it is shared. */
  private int[] codes = new int[8];

  private int size;

  /** Stands for all of {@link #codes}, in no order. */
  private long hash;

  /** What it came to though it held that very lock. */
  private @Nullable LockClass again;

  /** Notes that the context comes to a lock that it holds: it will wait for itself. */
  void takeAgain(LockClass lockClass) {
    again = lockClass;
  }

  /** The lock that the context came to while it held it; null where it has not. */
  @Nullable LockClass takenAgain() {
    return again;
  }

  /**
   * Notes that something is held from now on.
   *
   * @param number the number of its class
   */
  void add(Cell cell, int number, boolean shared) {
    add(cell, number << 1 | (shared ? 1 : 0));
  }

  /** Notes that something is held again, as {@link #remove} gave it. */
  void add(Cell cell, int code) {
    if (size == cells.length) {
      cells = Arrays.copyOf(cells, size * 2);
      codes = Arrays.copyOf(codes, size * 2);
    }
    cells[size] = cell;
    codes[size++] = code;
    hash += Mix.mix(code + 1L);
  }

  /**
   * Notes that something is held no more: whichever of the same was begun last.
   *
   * @return what stands for it; {@link #NONE} where it was not held
   */
  int remove(Cell cell) {
    for (int i = size - 1; i >= 0; i--) {
      if (cells[i] == cell) {
        int code = codes[i];
        hash -= Mix.mix(code + 1L);
        size--;
        System.arraycopy(cells, i + 1, cells, i, size - i);
        System.arraycopy(codes, i + 1, codes, i, size - i);
        return code;
      }
    }
    return NONE;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean has(Cell cell) {
    for (int i = 0; i < size; i++) {
      if (cells[i] == cell) {
        return true;
      }
    }
    return false;
  }

  long hash() {
    return hash;
  }

  List<LockTaking.Held> list(LockTable table) {
    List<LockTaking.Held> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(new LockTaking.Held(table.lockClass(codes[i] >> 1), (codes[i] & 1) != 0));
    }
    return list;
  }
}
