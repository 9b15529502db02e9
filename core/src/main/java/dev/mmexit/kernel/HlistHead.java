package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code struct hlist_head}, walked under RCU: pointers are published and followed marked. */
public final class HlistHead<T extends Struct> {
  private final Ref<HlistNode<T>> first;
  private final Struct struct;

  HlistHead(Struct struct, String label) {
    this.struct = struct;
    first = new Ref<>(struct, label + ".first");
  }

  /** {@code hlist_empty}. */
  public boolean isEmpty() {
    return first.get() == null;
  }

  /** {@code hlist_add_head_rcu}. */
  public void addHeadRcu(HlistNode<T> node) {
    HlistNode<T> old = first.get();
    node.next().set(old);
    node.hang(this);
    first.writeOnce(node);
    if (old != null) {
      old.follow(node);
    }
    if (struct.engine().isRecording()) {
      struct.engine().tell(Event.Kind.LIST, "hlist_add_head_rcu " + node.entry().describe());
    }
  }

  /** The first node, as a walker under RCU sees it. */
  public @Nullable HlistNode<T> firstRcu() {
    return first.readOnce();
  }

  /** The first node, as the holder of the list's lock sees it. */
  public @Nullable HlistNode<T> first() {
    return first.get();
  }

  /** The entries in order, unseen by the engine: for reports and checks at rest. */
  public List<T> now() {
    List<T> found = new ArrayList<>();
    for (HlistNode<T> node = first.now(); node != null; node = node.next().now()) {
      found.add(node.entry());
    }
    return found;
  }

  Ref<HlistNode<T>> firstRef() {
    return first;
  }
}
