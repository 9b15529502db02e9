package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct list_head}: the head or a node of a doubly linked ring, with the checks of {@code
 * CONFIG_DEBUG_LIST}. The walks read the successor when the C macros read it, which matters where
 * an element is removed on the way.
 */
public final class ListHead<T extends Struct> implements Canonical {
  private final Struct struct;
  private final @Nullable T owner;
  private final Link<T> next;
  private final Link<T> prev;
  private final String label;

  /** A head in {@code struct}, where {@code owner} is null, or the node of {@code owner}. */
  ListHead(Struct struct, @Nullable T owner, String label) {
    this.struct = struct;
    this.owner = owner;
    this.label = label;
    next = new Link<>(struct, label + ".next", this);
    prev = new Link<>(struct, label + ".prev", this);
  }

  /** The struct that this head or node is in. */
  public Struct struct() {
    return struct;
  }

  /** {@code container_of}: the struct that this node is in. */
  public T entry() {
    T entry = owner;
    if (entry == null) {
      throw corrupted(this, "a walk", "it reaches the head of another list");
    }
    return entry;
  }

  @Override
  public long canonicalHash() {
    return next.key();
  }

  /** The head or node at the address of this one: see {@link Struct#occupant}. */
  ListHead<T> resolved() {
    return next.here().self;
  }

  /** {@code INIT_LIST_HEAD}. */
  public void init() {
    ListHead<T> head = resolved();
    next.set(head);
    prev.set(head);
  }

  /** {@code list_empty}. */
  public boolean isEmpty() {
    return next.isSelf();
  }

  /** {@code list_is_singular}. */
  public boolean isSingular() {
    return next.get() != resolved() && next.get() == prev.get();
  }

  /** {@code list_add}: {@code node} becomes the first. */
  public void add(ListHead<T> node) {
    insert(node.resolved(), resolved(), next.get());
    if (struct.engine().isRecording()) {
      struct.engine().tell(Event.Kind.LIST, "list_add " + node.struct.describe() + " to " + name());
    }
  }

  /** {@code list_add_tail}: {@code node} becomes the last. */
  public void addTail(ListHead<T> node) {
    insert(node.resolved(), prev.get(), resolved());
    if (struct.engine().isRecording()) {
      struct
          .engine()
          .tell(Event.Kind.LIST, "list_add_tail " + node.struct.describe() + " to " + name());
    }
  }

  private static <T extends Struct> void insert(
      ListHead<T> node, ListHead<T> before, ListHead<T> after) {
    if (after.prev.get() != before) {
      throw corrupted(node, "list_add", "the successor's prev is not the predecessor");
    }
    if (before.next.get() != after) {
      throw corrupted(node, "list_add", "the predecessor's next is not the successor");
    }
    if (node == before || node == after) {
      throw corrupted(node, "list_add", "the entry is added next to itself");
    }
    after.prev.set(node);
    node.next.set(after);
    node.prev.set(before);
    before.next.set(node);
  }

  /** {@code list_del}: takes this node out and poisons it. */
  public void del() {
    unlink("list_del");
    next.poison();
    prev.poison();
    if (struct.engine().isRecording()) {
      struct.engine().tell(Event.Kind.LIST, "list_del " + struct.describe() + " from " + label);
    }
  }

  private void unlink(String function) {
    if (next.isPoisoned() || prev.isPoisoned()) {
      throw corrupted(this, function, "the entry has been deleted already");
    }
    ListHead<T> after = next.get();
    ListHead<T> before = prev.get();
    ListHead<T> me = resolved();
    if (before.next.get() != me) {
      throw corrupted(this, function, "the predecessor's next is not the entry");
    }
    if (after.prev.get() != me) {
      throw corrupted(this, function, "the successor's prev is not the entry");
    }
    after.prev.set(before);
    before.next.set(after);
  }

  private static KernelBug corrupted(ListHead<?> node, String function, String how) {
    return KernelBug.of(
        FindingKind.LIST_CORRUPTION,
        node.struct,
        function
            + " of "
            + node.struct.describe()
            + " ("
            + node.label
            + ") in "
            + node.struct.engine().here()
            + ": "
            + how);
  }

  /** {@code list_for_each_entry}: the successor is read after the body has run. */
  public Iterable<T> entries() {
    return () -> new Walk<>(this, this, true, false);
  }

  /** {@code list_for_each_entry_safe}: the successor is read before the body runs. */
  public Iterable<T> entriesSafe() {
    return () -> new Walk<>(this, this, true, true);
  }

  /** {@code list_for_each_entry_reverse}. */
  public Iterable<T> entriesReverse() {
    return () -> new Walk<>(this, this, false, false);
  }

  /** {@code list_for_each_entry_continue_reverse}: backwards from before {@code position}. */
  public Iterable<T> entriesContinueReverse(ListHead<T> position) {
    return () -> new Walk<>(this, position, false, false);
  }

  /** {@code list_first_entry_or_null}. */
  public @Nullable T first() {
    ListHead<T> node = next.get();
    return node == resolved() ? null : node.entry();
  }

  /** {@code list_next_entry}: null where this was the last of {@code head}. */
  public @Nullable T nextEntry(ListHead<T> head) {
    ListHead<T> node = next.get();
    return node == head.resolved() ? null : node.entry();
  }

  /** The entries in order, unseen by the engine: for reports and checks at rest. */
  public List<T> now() {
    return struct.engine().glance(this::walk);
  }

  private List<T> walk() {
    List<T> found = new ArrayList<>();
    ListHead<T> head = resolved();
    ListHead<T> node = next.now();
    while (node != head && found.size() < MAX_PEEK) {
      found.add(node.entry());
      node = node.next.now();
    }
    return found;
  }

  private static final int MAX_PEEK = 1000;

  private String name() {
    return struct.variable() + "->" + label;
  }

  /** A walk from {@code position}, which is not visited itself, to {@code head}. */
  private static final class Walk<T extends Struct> implements Iterator<T> {
    private final ListHead<T> head;
    private final boolean forward;
    private final boolean safe;
    private ListHead<T> position;
    private @Nullable ListHead<T> ahead;

    Walk(ListHead<T> head, ListHead<T> position, boolean forward, boolean safe) {
      this.head = head;
      this.position = position;
      this.forward = forward;
      this.safe = safe;
    }

    private ListHead<T> step(ListHead<T> from) {
      return forward ? from.next.get() : from.prev.get();
    }

    private ListHead<T> ahead() {
      ListHead<T> node = ahead;
      if (node == null) {
        node = step(position);
        ahead = node;
      }
      return node;
    }

    @Override
    public boolean hasNext() {
      return ahead() != head.resolved();
    }

    @Override
    public T next() {
      ListHead<T> node = ahead();
      if (node == head.resolved()) {
        throw new NoSuchElementException();
      }
      position = node;
      ahead = safe ? step(node) : null;
      return node.entry();
    }
  }

  /**
   * One pointer of a head or a node. Heads are initialised where they are allocated, so that the
   * value {@code null} stands for the head itself; in a node it is {@code NULL}, of zeroed memory.
   */
  private static final class Link<T extends Struct> extends Cell {
    private final ListHead<T> self;

    Link(Struct struct, String label, ListHead<T> self) {
      super(struct, label);
      this.self = self;
    }

    @SuppressWarnings("unchecked") // only set() and poison() store here
    private ListHead<T> asNode(@Nullable Object value) {
      if (value == Poison.LIST) {
        throw corrupted(self, "a walk", "it follows a pointer that list_del poisoned");
      }
      if (value != null) {
        return (ListHead<T>) value;
      }
      if (self.owner != null) {
        throw KernelBug.of(
            FindingKind.NULL_DEREFERENCE,
            self.struct,
            describe() + " is NULL and is followed in " + engine().here());
      }
      return self;
    }

    /** The field at the address of this one. */
    @SuppressWarnings("unchecked") // what is at one address is always of one type
    Link<T> here() {
      return (Link<T>) found();
    }

    ListHead<T> get() {
      return here().asNode(load());
    }

    /** A pointer that leads nowhere ends what looks at the list. */
    ListHead<T> now() {
      Link<T> here = here();
      Object value = here.peek();
      boolean nowhere = value == Poison.LIST || (value == null && self.owner != null);
      return nowhere ? here.self : here.asNode(resolved(value));
    }

    void set(ListHead<T> node) {
      Link<T> here = here();
      store(node == here.self && here.self.owner == null ? null : node);
    }

    /** Compares the pointer and does not follow it: a poisoned one will do. */
    boolean isSelf() {
      Object value = load();
      return self.owner == null ? value == null : value == here().self;
    }

    @Override
    public String text(@Nullable Object of) {
      if (of == Poison.LIST) {
        return "poison";
      }
      if (of instanceof ListHead<?> node) {
        return node.owner == null ? "the head" : node.owner.describe();
      }
      return self.owner == null ? "itself" : "NULL";
    }

    boolean isPoisoned() {
      return load() == Poison.LIST;
    }

    void poison() {
      store(Poison.LIST);
    }
  }

  /** {@code LIST_POISON1} and {@code LIST_POISON2}. */
  private enum Poison implements Canonical {
    LIST;

    @Override
    public long canonicalHash() {
      return 0x1fe3d7a5c4b29687L;
    }
  }
}
