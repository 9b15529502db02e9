package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** {@code struct hlist_node}. */
public final class HlistNode<T extends Struct> implements Canonical {
  private final T owner;
  private final Ref<HlistNode<T>> next;

  /** {@code pprev} where it points to another node's {@code next}. */
  private final Ref<HlistNode<T>> before;

  /** Whether {@code pprev} points anywhere: {@code !hlist_unhashed}. */
  private final Flag hashed;

  private @Nullable HlistHead<T> head;

  HlistNode(T owner, String label) {
    this.owner = owner;
    next = new Ref<>(owner, label + ".next");
    before = new Ref<>(owner, label + ".pprev");
    hashed = new Flag(owner, label + ".hashed");
  }

  /** {@code container_of}: the struct that this node is in. */
  public T entry() {
    return owner;
  }

  /** The node at the address of this one: see {@link Struct#occupant}. */
  @SuppressWarnings("unchecked") // what is at one address is always of one type
  HlistNode<T> resolved() {
    HlistNode<?> there = owner.engine().found(owner::occupant).hlistNode();
    return there == null ? this : (HlistNode<T>) there;
  }

  @Override
  public long canonicalHash() {
    return next.key();
  }

  /** {@code hlist_unhashed}. */
  public boolean isUnhashed() {
    return !hashed.get();
  }

  /** The successor, as a walker under RCU sees it; an unlinked node still has one. */
  public @Nullable HlistNode<T> nextRcu() {
    return next.readOnce();
  }

  /** {@code hlist_del_init_rcu}: does nothing where the node is not on a list. */
  public void delInitRcu() {
    HlistHead<T> list = resolved().head;
    if (!hashed.get() || list == null) {
      return;
    }
    HlistNode<T> after = next.get();
    HlistNode<T> previous = before.get();
    if (previous == null) {
      list.firstRef().writeOnce(after);
    } else {
      previous.next.writeOnce(after);
    }
    if (after != null) {
      after.before.set(previous);
    }
    hashed.set(false);
    before.set(null);
    if (owner.engine().isRecording()) {
      owner.engine().tell(Event.Kind.LIST, "hlist_del_init_rcu " + owner.describe());
    }
  }

  Ref<HlistNode<T>> next() {
    return next;
  }

  void hang(HlistHead<T> list) {
    head = list;
    before.set(null);
    hashed.set(true);
  }

  void follow(HlistNode<T> node) {
    before.set(node);
  }
}
