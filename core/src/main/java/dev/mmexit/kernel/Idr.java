package dev.mmexit.kernel;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code struct idr}: small numbers for pointers. Its callers lock it. */
public final class Idr<T extends Canonical> extends Cell {
  /** An IDR in {@code struct}. */
  public Idr(Struct struct, String label) {
    super(struct, label);
  }

  /**
   * {@code idr_alloc}: the lowest free number from {@code min}, below {@code end}; {@code -ENOSPC}
   * where there is none.
   */
  public int alloc(T pointer, int min, int end) {
    Entries<T> now = entries();
    for (int id = min; id < end; id++) {
      if (!now.map.containsKey(id)) {
        store(now.with(id, pointer));
        if (pointer instanceof Struct struct) {
          engine().publish(struct);
        }
        if (engine().isRecording()) {
          engine().tell(Event.Kind.WRITE, "idr_alloc " + label() + ": " + id);
        }
        return id;
      }
    }
    return -Errno.ENOSPC;
  }

  /** {@code idr_find}. */
  @SuppressWarnings("unchecked") // what is at one address is always of one type
  public @Nullable T find(int id) {
    return (T) resolved(entries().map.get(id));
  }

  /** {@code idr_remove}. */
  public void remove(int id) {
    Entries<T> rest = entries().without(id);
    store(rest.map.isEmpty() ? null : rest);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.WRITE, "idr_remove " + label() + ": " + id);
    }
  }

  /** {@code idr_for_each_entry}: by ascending number. */
  public Iterable<T> entriesInOrder() {
    return entries().map.values();
  }

  /** What is in it, unseen by the engine: for reports and checks at rest. */
  @SuppressWarnings("unchecked") // only alloc() stores here
  public Map<Integer, T> now() {
    return glance() instanceof Entries<?> entries
        ? ((Entries<T>) entries).map
        : Collections.emptyMap();
  }

  @Override
  public String text(@Nullable Object of) {
    return of instanceof Entries<?> entries ? words(entries.map) : "empty";
  }

  /** Pointers by number, in words. */
  public static String words(Map<Integer, ? extends @Nullable Object> pointers) {
    return pointers.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + Cell.words(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  @SuppressWarnings("unchecked") // only alloc() stores here
  private Entries<T> entries() {
    return load() instanceof Entries<?> entries
        ? (Entries<T>) entries
        : new Entries<>(Collections.emptyMap(), 1);
  }

  /** The table; immutable. */
  private record Entries<T extends Canonical>(Map<Integer, T> map, long canonicalHash)
      implements Canonical {
    private static <T extends Canonical> Entries<T> of(TreeMap<Integer, T> map) {
      long sum = 0x6a09e667f3bcc909L;
      for (Map.Entry<Integer, T> entry : map.entrySet()) {
        sum = Mix.chain(Mix.chain(sum, entry.getKey()), entry.getValue().canonicalHash());
      }
      return new Entries<>(Collections.unmodifiableMap(map), sum);
    }

    Entries<T> with(int id, T pointer) {
      TreeMap<Integer, T> larger = new TreeMap<>(map);
      larger.put(id, pointer);
      return of(larger);
    }

    Entries<T> without(int id) {
      TreeMap<Integer, T> smaller = new TreeMap<>(map);
      smaller.remove(id);
      return of(smaller);
    }
  }
}
