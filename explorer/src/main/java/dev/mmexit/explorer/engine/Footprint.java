package dev.mmexit.explorer.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one step did: its plain and marked accesses, which a data race is looked for in, and
 * everything that it used, by which it commutes with other steps or does not.
 */
public final class Footprint {
  private static final long WRITE = 1;
  private static final long MARKED = 2;
  private static final long FLAGS = 3;

  /** A step without accesses. */
  public static final Footprint EMPTY = new Footprint(new long[0], 0, 0, null);

  private final long[] accesses;

  /** The key of the cell that the step's visible operation is on, and which operation it is. */
  private final long visibleCell;

  private final int visibleOp;

  /** Each cell once, in order; null where the step may depend on anything. */
  private final long @Nullable [] uses;

  Footprint(long[] accesses, long visibleCell, int visibleOp, long @Nullable [] uses) {
    this.accesses = accesses;
    this.visibleCell = visibleCell;
    this.visibleOp = visibleOp;
    this.uses = uses;
  }

  /** The first {@code count} uses, each cell once: for writing where any of them is. */
  static long[] sorted(long[] uses, int count) {
    long[] sorted = Arrays.copyOf(uses, count);
    Arrays.sort(sorted);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      // Of one cell the writes come last.
      if (i + 1 == count || cellOf(sorted[i]) != cellOf(sorted[i + 1])) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  /**
   * Whether the two steps, of different contexts and both possible in one state, lead to the same
   * state whichever is taken first, and each does the same in both cases.
   */
  public boolean commutes(Footprint other) {
    long[] mine = uses;
    long[] theirs = other.uses;
    if (mine == null || theirs == null) {
      return false;
    }
    int i = 0;
    int j = 0;
    while (i < mine.length && j < theirs.length) {
      long one = cellOf(mine[i]);
      long two = cellOf(theirs[j]);
      if (one == two && ((mine[i] | theirs[j]) & WRITE) != 0) {
        return false;
      }
      if (one <= two) {
        i++;
      }
      if (two <= one) {
        j++;
      }
    }
    return true;
  }

  static long access(long cell, boolean write, boolean marked) {
    return (cell & ~FLAGS) | (write ? WRITE : 0) | (marked ? MARKED : 0);
  }

  /** The key of a cell with room for the kind of access. */
  public static long cellOf(long access) {
    return access & ~FLAGS;
  }

  /**
   * The first cell of this step that both steps use at once, one of them writing and not both
   * marked; 0 where there is none, or where both begin with an operation that lets only one of them
   * go on.
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
