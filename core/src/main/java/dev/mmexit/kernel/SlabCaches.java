package dev.mmexit.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caches of mm/slub.c, one for each type: freed objects are handed out again, the last that was
 * freed first. An address can so come back as another object, and what still points there means
 * that one from then on. Use of a freed object whose memory was not handed out yet is reported as
 * elsewhere.
 */
public final class SlabCaches extends Struct {
  private final Map<Class<?>, Freelist> caches = new HashMap<>();

  /**
   * Empty caches, which {@code engine} uses from now on.
   *
   * @param types of everything that is ever allocated by {@code kzalloc}; a type to which a variant
   *     adds fields, a subclass, has the cache of the one that it stands for
   */
  public SlabCaches(Engine engine, List<Class<? extends Struct>> types) {
    super(engine, "kmem_cache", "kmem_cache", Storage.STATIC);
    for (Class<? extends Struct> type : types) {
      caches.put(type, new Freelist(this, "freelist of " + type.getSimpleName()));
    }
    engine.reuse(this);
  }

  /** {@code kmem_cache_alloc}: the freed object whose memory is used; null for fresh memory. */
  @Nullable Struct alloc(Class<? extends Struct> type) {
    return of(type).pop();
  }

  /** {@code kmem_cache_free}. */
  void free(Struct object) {
    of(object.getClass()).push(object);
  }

  private Freelist of(Class<? extends Struct> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Freelist cache = caches.get(each);
      if (cache != null) {
        return cache;
      }
    }
    throw new IllegalStateException("there is no kmem_cache for " + type.getSimpleName());
  }

  /** The freed objects of one type. */
  private static final class Freelist extends Cell {
    Freelist(Struct struct, String label) {
      super(struct, label);
    }

    @Nullable Struct pop() {
      return act(Op.KMEM_CACHE_ALLOC, null) instanceof Free popped ? popped.object : null;
    }

    void push(Struct object) {
      act(Op.KMEM_CACHE_FREE, object);
    }

    @Override
    public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
      Free first = peek() instanceof Free free ? free : null;
      if (op == Op.KMEM_CACHE_FREE && argument instanceof Struct object) {
        update(Free.of(object, first));
        return null;
      }
      if (first != null) {
        update(first.rest);
      }
      return first;
    }
  }

  /** A freed object, and those that were freed before it; immutable. */
  private record Free(Struct object, @Nullable Free rest, long canonicalHash) implements Canonical {
    static Free of(Struct object, @Nullable Free rest) {
      return new Free(object, rest, Mix.chain(object.canonicalHash(), Mix.of(rest)));
    }
  }
}
