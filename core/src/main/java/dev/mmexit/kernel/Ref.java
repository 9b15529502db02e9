package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** A pointer field. */
public final class Ref<T extends Canonical> extends Cell {
  Ref(Struct struct, String label) {
    super(struct, label);
  }

  /** Reads the pointer; null is {@code NULL}. */
  @SuppressWarnings("unchecked") // only set() and publish() store here, and both take a T
  public @Nullable T get() {
    return (T) load();
  }

  /** Reads the pointer in order to follow it: {@code NULL} is a null dereference. */
  public T deref() {
    T target = get();
    if (target == null) {
      throw KernelBug.of(
          FindingKind.NULL_DEREFERENCE,
          struct(),
          describe() + " is NULL and is followed in " + engine().here());
    }
    return target;
  }

  /** Whether the pointer holds the address of {@code target}. */
  public boolean pointsTo(@Nullable T target) {
    T pointer = get();
    return pointer == target
        || (pointer instanceof Struct one
            && target instanceof Struct other
            && Struct.same(one, other));
  }

  /** Writes the pointer. */
  public void set(@Nullable T target) {
    store(target);
  }

  /** {@code READ_ONCE}, {@code rcu_dereference}: ordered against the writes that publish. */
  @SuppressWarnings("unchecked")
  public @Nullable T readOnce() {
    return (T) act(Op.READ_ONCE, null);
  }

  /** {@code WRITE_ONCE}, {@code rcu_assign_pointer}. */
  public void writeOnce(@Nullable T target) {
    act(Op.WRITE_ONCE, target);
  }

  /** The pointer as a device sees it. */
  @SuppressWarnings("unchecked")
  public @Nullable T seenByDevice() {
    return (T) peekAsDevice();
  }

  /** The pointer, unseen by the engine: for reports and checks at rest. */
  @SuppressWarnings("unchecked")
  public @Nullable T now() {
    return (T) engine().glance(() -> resolved(found().peek()));
  }
}
