package dev.mmexit.iommu;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Idr;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The context descriptors of a domain: which page tables a device reaches with which PASID. */
public final class PasidTable extends Cell {
  PasidTable(Struct struct, String label) {
    super(struct, label);
  }

  /** Lets devices reach the page tables of {@code mm}. */
  void write(int pasid, MmStruct mm) {
    Map<Integer, MmStruct> entries = new TreeMap<>(Entries.of(load()).map);
    entries.put(pasid, mm);
    store(Entries.of(entries));
  }

  /** Ends that. */
  void clear(int pasid) {
    Map<Integer, MmStruct> entries = new TreeMap<>(Entries.of(load()).map);
    entries.remove(pasid);
    store(entries.isEmpty() ? null : Entries.of(entries));
  }

  /** The entries as devices see them. */
  public Map<Integer, MmStruct> now() {
    return Entries.of(peekAsDevice()).map;
  }

  @Override
  public String text(@Nullable Object of) {
    return of instanceof Entries entries ? Idr.words(entries.map) : "empty";
  }

  /** The table; immutable. */
  private record Entries(Map<Integer, MmStruct> map, long canonicalHash) implements Canonical {
    static Entries of(@Nullable Object value) {
      return value instanceof Entries entries ? entries : of(Collections.emptyMap());
    }

    static Entries of(Map<Integer, MmStruct> map) {
      long sum = 0x3c6ef372fe94f82bL;
      for (Map.Entry<Integer, MmStruct> entry : map.entrySet()) {
        sum = Mix.chain(Mix.chain(sum, entry.getKey()), entry.getValue().canonicalHash());
      }
      return new Entries(Collections.unmodifiableMap(map), sum);
    }
  }
}
