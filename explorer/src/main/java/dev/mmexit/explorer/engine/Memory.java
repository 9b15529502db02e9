package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of a world: its hash, kept up to date with each write, and its objects. */
final class Memory {
  private static final long SECOND = 0x94d049bb133111ebL;

  private final Journal journal = new Journal();
  private final List<Struct> structs = new ArrayList<>();
  private long hash0;
  private long hash1;
  private int structsAtStart;
  private long start0;
  private long start1;

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
  void mark() {
    journal.keep();
    structsAtStart = structs.size();
    start0 = hash0;
    start1 = hash1;
  }

  /** Back to the mark. */
  void reset() {
    journal.undo();
    structs.subList(structsAtStart, structs.size()).clear();
    hash0 = start0;
    hash1 = start1;
  }
}
