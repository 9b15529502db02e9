package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of a world: its hash, kept up to date with each write, and its objects. */
final class Memory {
  private static final long SECOND = 0x94d049bb133111ebL;
  private static final int FIRST_SIZE = 256;

  private final Journal journal = new Journal();
  private final List<Struct> structs = new ArrayList<>();
  private long hash0;
  private long hash1;

  /** How far it was at the start, and before each choice of this execution. */
  private final Mark start = new Mark();

  private Mark[] marks = new Mark[0];

  private static final class Mark {
    int changes;
    int structs;
    long hash0;
    long hash1;
  }

  long hash0() {
    return hash0;
  }

  long hash1() {
    return hash1;
  }

  void write(Cell cell, @Nullable Object value) {
    Object old = cell.peek();
    if (old == value) {
      return;
    }
    long before = cell.peekHash();
    long after = Mix.of(value);
    journal.changed(cell, old, before);
    cell.poke(value, after);
    if (before != after) {
      remove(cell.key(), before);
      add(cell.key(), after);
    }
  }

  void allocate(Struct struct) {
    structs.add(struct);
    add(struct.canonicalHash(), 1);
  }

  void free(Struct struct) {
    journal.freed(struct);
    struct.setAlive(false);
    remove(struct.canonicalHash(), 1);
    for (int i = 0; i < struct.size(); i++) {
      Cell cell = struct.cell(i);
      remove(cell.key(), cell.peekHash());
    }
  }

  /** Notes that the memory of {@code freed} is given to {@code next}. */
  void succeed(Struct freed, Struct next) {
    journal.succeeded(freed);
    freed.setSuccessor(next);
  }

  /** Notes that {@code context} is the last to write {@code flag}. */
  void writes(Flag flag, Context context) {
    journal.written(flag, flag.lastWriter());
    flag.setLastWriter(context);
  }

  private void add(long key, long value) {
    if (value != 0) {
      hash0 += Mix.mix(key ^ Mix.mix(value));
      hash1 += Mix.mix((key + value) * SECOND);
    }
  }

  private void remove(long key, long value) {
    if (value != 0) {
      hash0 -= Mix.mix(key ^ Mix.mix(value));
      hash1 -= Mix.mix((key + value) * SECOND);
    }
  }

  /** Every struct allocated since the beginning, freed or not. */
  List<Struct> structs() {
    return structs;
  }

  /** From here each execution starts. */
  void keep() {
    journal.keep();
    note(start);
  }

  /** Back to where executions start. */
  void reset() {
    back(start);
  }

  /** Notes how far it is before the choice of this number. */
  void mark(int number) {
    if (number == marks.length) {
      marks = Arrays.copyOf(marks, Math.max(FIRST_SIZE, number * 2));
    }
    Mark mark = marks[number];
    if (mark == null) {
      mark = new Mark();
      marks[number] = mark;
    }
    note(mark);
  }

  private void note(Mark mark) {
    mark.changes = journal.size();
    mark.structs = structs.size();
    mark.hash0 = hash0;
    mark.hash1 = hash1;
  }

  /** Back to where it was before the choice of this number. */
  void back(int number) {
    back(marks[number]);
  }

  private void back(Mark mark) {
    journal.undo(mark.changes);
    structs.subList(mark.structs, structs.size()).clear();
    hash0 = mark.hash0;
    hash1 = mark.hash1;
  }
}
