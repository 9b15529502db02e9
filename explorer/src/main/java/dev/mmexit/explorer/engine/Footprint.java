package dev.mmexit.explorer.engine;

import java.util.Arrays;

/** The plain and marked accesses of one step: what a data race is looked for in. */
public final class Footprint {
  private static final long WRITE = 1;
  private static final long MARKED = 2;
  private static final long FLAGS = 3;

  /** A step without accesses. */
  public static final Footprint EMPTY = new Footprint(new long[0], 0, 0);

  private final long[] accesses;

  /** The key of the cell that the step's visible operation is on, and which operation it is. */
  private final long visibleCell;

  private final int visibleOp;

  Footprint(long[] accesses, long visibleCell, int visibleOp) {
    this.accesses = accesses;
    this.visibleCell = visibleCell;
    this.visibleOp = visibleOp;
  }

  static long access(long cell, boolean write, boolean marked) {
    return (cell & ~FLAGS) | (write ? WRITE : 0) | (marked ? MARKED : 0);
  }

  /** The key of a cell with room for the kind of access. */
  public static long cellOf(long access) {
    return access & ~FLAGS;
  }

  /**
   * The first cell that both steps use at once, one of them writing and not both marked; 0 where
   * there is none, or where both begin with an operation that lets only one of them go on.
   */
  public long conflict(Footprint other) {
    if (visibleCell == other.visibleCell && Exclusion.excludes(visibleOp, other.visibleOp)) {
      return 0;
    }
    for (long mine : accesses) {
      for (long theirs : other.accesses) {
        if (((mine ^ theirs) & ~FLAGS) == 0
            && ((mine | theirs) & WRITE) != 0
            && (mine & theirs & MARKED) == 0) {
          return cellOf(mine);
        }
      }
    }
    return 0;
  }

  /** Whether the step accesses {@code cell}; {@code write}: writing. */
  public boolean uses(long cell, boolean write) {
    return Arrays.stream(accesses)
        .anyMatch(access -> cellOf(access) == cell && (!write || (access & WRITE) != 0));
  }
}
