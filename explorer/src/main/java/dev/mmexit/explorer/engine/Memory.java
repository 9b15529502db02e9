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

  /** Whether the hash is kept up to date. */
  private boolean hashes = true;

  private int structsAtStart;
  private long start0;
  private long start1;

  long hash0() {
    return hash0;
  }

  long hash1() {
    return hash1;
  }

  /** Leaves the hash as it is until it is given: nobody asks for it. */
  void stopHashing() {
    hashes = false;
  }

  /** Keeps the hash up to date again, which is this by now. */
  void hashOnFrom(long now0, long now1) {
    hashes = true;
    hash0 = now0;
    hash1 = now1;
  }

  void write(Cell cell, @Nullable Object value) {
    Object old = cell.peek();
    if (old == value) {
      return;
    }
    long before = cell.peekHash();
    long after = Mix.of(value);
    if (staysBehind(cell.struct())) {
      journal.changed(cell, old, before);
    }
    cell.poke(value, after);
    if (hashes && before != after) {
      remove(cell.key(), before);
      add(cell.key(), after);
    }
  }

  void allocate(Struct struct) {
    structs.add(struct);
    if (hashes) {
      add(struct.canonicalHash(), 1);
    }
  }

  void free(Struct struct) {
    if (staysBehind(struct)) {
      journal.freed(struct);
    }
    struct.setAlive(false);
    if (!hashes) {
      return;
    }
    remove(struct.canonicalHash(), 1);
    for (int i = 0; i < struct.size(); i++) {
      Cell cell = struct.cell(i);
      remove(cell.key(), cell.peekHash());
    }
  }

  private static boolean staysBehind(Struct struct) {
    return !(struct.attachment() instanceof StructUse use) || !use.isPassing();
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
    hashOnFrom(start0, start1);
  }
}
