package dev.mmexit.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A C struct: a list of {@link Cell cells} that are allocated and freed together. Every access to
 * one that was freed is reported with who allocated, freed and used it.
 */
public abstract class Struct implements Canonical {
  private static final VarHandle FREED = handle("freed", boolean.class);
  private static final VarHandle FREED_AT = handle("freedAt", Place.class);

  private final Engine engine;
  private final String type;
  private final String variable;
  private final Storage storage;
  private final long key;
  private final List<Cell> cells = new ArrayList<>(8);

  /** Whether one of them can be held: most objects that are freed have none of those. */
  private boolean lockable;

  private String name = "";
  private @Nullable Object attachment;
  private final Place allocatedAt;
  private @Nullable Place freedAt;

  /** What the memory of this was given to after it was freed. */
  private volatile @Nullable Struct successor;

  /** The node of an RCU list that is in here. */
  private @Nullable HlistNode<?> hlistNode;

  @SuppressWarnings("UnusedVariable") // read and written through FREED
  private boolean freed;

  /** Where a struct lives. */
  public enum Storage {
    /** Allocated by {@code kzalloc} and freed by {@code kfree}. */
    HEAP,
    /** A local variable of C whose address is passed on; {@code kfree} is the end of its scope. */
    STACK,
    /** A static variable, or the memory of a process or of hardware. */
    STATIC
  }

  /**
   * Allocates a zeroed struct: what {@code kzalloc} does.
   *
   * @param type the C type without {@code struct}
   * @param variable what C code calls a pointer to one, as in {@code iommu->lock}
   */
  protected Struct(Engine engine, String type, String variable) {
    this(engine, type, variable, Storage.HEAP);
  }

  /**
   * A zeroed struct.
   *
   * @param type the C type without {@code struct}
   * @param variable what C code calls a pointer to one; empty for a collection of static variables
   */
  protected Struct(Engine engine, String type, String variable, Storage storage) {
    this.engine = engine;
    this.type = type;
    this.variable = variable;
    this.storage = storage;
    SlabCaches slabs = storage == Storage.HEAP ? engine.slabs() : null;
    Struct predecessor = slabs == null ? null : slabs.alloc(getClass());
    if (predecessor == null) {
      key = engine.freshKey();
    } else {
      key = predecessor.key;
      engine.succeed(predecessor, this);
    }
    engine.allocate(this);
    this.allocatedAt = engine.here();
    if (storage == Storage.HEAP) {
      if (engine.isRecording()) {
        engine.tell(Event.Kind.ALLOC, "kzalloc " + type);
      }
    }
  }

  /** What an engine keeps with this object. */
  public final @Nullable Object attachment() {
    return attachment;
  }

  /** Keeps something with this object: for engines. */
  public final void attach(@Nullable Object newAttachment) {
    attachment = newAttachment;
  }

  /** The C type, without {@code struct}. */
  public final String type() {
    return type;
  }

  /** Where this lives. */
  public final Storage storage() {
    return storage;
  }

  /** What C code calls a pointer to this. */
  public final String variable() {
    return variable;
  }

  /** The name that reports use, such as {@code C0}; empty where there is none. */
  public final String name() {
    return name;
  }

  /** Names this object for reports. */
  public final void nameIt(String newName) {
    name = newName;
  }

  /** This object in a sentence, such as {@code iommu_bond D0-P0}. */
  public final String describe() {
    return name.isEmpty() ? type : type + " " + name;
  }

  @Override
  public final long canonicalHash() {
    return key;
  }

  /** The fields, in the order of their declaration. */
  public final List<Cell> cells() {
    return Collections.unmodifiableList(cells);
  }

  /** The number of fields. */
  public final int size() {
    return cells.size();
  }

  /** The field at {@code index}. */
  public final Cell cell(int index) {
    return cells.get(index);
  }

  /** Whether this is allocated. */
  public final boolean isAlive() {
    return !isFreed();
  }

  /**
   * What is at the address of this: itself, or what its memory was given to after it was freed.
   * Where memory is not handed out again that is always this.
   */
  public final Struct occupant() {
    Struct there = this;
    for (Struct next = successor; next != null; next = there.successor) {
      there = next;
    }
    return there;
  }

  /** Whether two pointers are equal: whether they hold the same address. */
  public static boolean same(@Nullable Struct one, @Nullable Struct other) {
    return one == other || (one != null && other != null && one.key == other.key);
  }

  /** Marks this as allocated or freed: for engines only. */
  public final void setAlive(boolean alive) {
    if (alive) {
      freedAt = null;
    }
    successor = null;
    FREED.setRelease(this, !alive);
  }

  /**
   * Notes what the memory of this was given to; null where it is not any more: for engines only.
   */
  public final void setSuccessor(@Nullable Struct next) {
    successor = next;
  }

  /** {@code kfree}: from now on every use is an error. */
  public final void kfree() {
    engine.found(this::occupant).kfreeNow();
  }

  private void kfreeNow() {
    engine.beforeFree(this);
    boolean repeats = engine.repeats();
    Place place = engine.here();
    if (!repeats && isAlive()) {
      checkNoLocksFreed(place);
    }
    SlabCaches slabs = storage == Storage.HEAP ? engine.slabs() : null;
    if (slabs != null && (repeats || isAlive())) {
      slabs.free(this);
    }
    if (engine.repeats()) {
      return;
    }
    // Two threads that free at once must not both succeed.
    if (isFreed() || !claim(place)) {
      throw KernelBug.of(
          FindingKind.DOUBLE_FREE, this, describe() + " is freed again in " + place + history());
    }
    engine.free(this);
    if (storage == Storage.HEAP) {
      if (engine.isRecording()) {
        engine.tell(Event.Kind.FREE, "kfree " + describe());
      }
    }
  }

  /** Notes who frees this; false where another one has. */
  private boolean claim(Place place) {
    return FREED_AT.compareAndSet(this, null, place);
  }

  /**
   * {@code debug_check_no_locks_freed} of kernel/locking/lockdep.c: whoever frees an object must
   * not hold a lock in it. A lock that another one holds is found when that one releases it.
   */
  private void checkNoLocksFreed(Place place) {
    if (!lockable) {
      return;
    }
    Context context = engine.current();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      if (cell.isHeldBy(context)) {
        throw KernelBug.of(
            FindingKind.LOCK_MISUSE,
            this,
            "held lock freed: " + place + " frees " + describe() + " and holds " + cell.describe());
      }
    }
  }

  /** Reports a use after free of {@code cell}: asked by cells and engines before each access. */
  public final void use(String how, Cell cell) {
    if (isFreed() && !engine.repeats()) {
      throw usedAfterFree(how, cell);
    }
  }

  /** Opaque, so that looking orders nothing: races between plain accesses stay as they are. */
  private boolean isFreed() {
    boolean found = (boolean) FREED.getOpaque(this);
    if (found) {
      // Who freed it was written before.
      VarHandle.acquireFence();
    }
    return found;
  }

  private KernelBug usedAfterFree(String how, Cell cell) {
    return KernelBug.of(
        FindingKind.USE_AFTER_FREE,
        this,
        cell.expression()
            + (name.isEmpty() ? "" : " of " + name)
            + " is "
            + how
            + " in "
            + engine.here()
            + " after "
            + type
            + " was freed"
            + history());
  }

  private String history() {
    Place free = freedAt;
    return (free == null ? "" : "; freed in " + free) + "; allocated in " + allocatedAt;
  }

  final @Nullable HlistNode<?> hlistNode() {
    return hlistNode;
  }

  final Engine engine() {
    return engine;
  }

  final long adopt(Cell cell) {
    cells.add(cell);
    lockable |= cell instanceof Lock || cell instanceof RwSemaphore;
    return Mix.chain(key, cells.size());
  }

  /** A pointer field. */
  protected final <T extends Canonical> Ref<T> ref(String label) {
    return new Ref<>(this, label);
  }

  /** An {@code int} field. */
  protected final Int integer(String label) {
    return new Int(this, label, 0);
  }

  /** An {@code int} field with a first value. */
  protected final Int integer(String label, int first) {
    return new Int(this, label, first);
  }

  /** A {@code bool} field. */
  protected final Flag flag(String label) {
    return new Flag(this, label);
  }

  /**
   * A {@code bool} field that is true while something goes on whose end is waited for on {@code
   * queue}: whoever sets it is expected to clear it and to wake the queue.
   */
  protected final Flag flag(String label, WaitQueue queue) {
    return new Flag(this, label, queue);
  }

  /** The head of a list; points at itself. */
  protected final <T extends Struct> ListHead<T> listHead(String label) {
    return new ListHead<>(this, null, label);
  }

  /** The node of a list that {@code owner} is on; points at itself. */
  protected final <T extends Struct> ListHead<T> listNode(String label, T owner) {
    return new ListHead<>(owner, owner, label);
  }

  /** A head of a singly linked RCU list. */
  protected final <T extends Struct> HlistHead<T> hlistHead(String label) {
    return new HlistHead<>(this, label);
  }

  /** A node of a singly linked RCU list. */
  protected final <T extends Struct> HlistNode<T> hlistNode(String label, T owner) {
    HlistNode<T> node = new HlistNode<>(owner, label);
    hlistNode = node;
    return node;
  }

  /** A mutex, unlocked. */
  protected final Mutex mutex(String label) {
    return new Mutex(this, label, true);
  }

  /**
   * A mutex that the kernel does not have: it stands for one thread that does one thing after the
   * other.
   */
  protected final Mutex oneAtATime(String label) {
    return new Mutex(this, label, false);
  }

  /** A spinlock, unlocked. */
  protected final SpinLock spinLock(String label) {
    return new SpinLock(this, label);
  }

  /** A reader-writer semaphore, free. */
  protected final RwSemaphore rwSemaphore(String label) {
    return new RwSemaphore(this, label);
  }

  /** A wait queue that nobody waits on. */
  protected final WaitQueue waitQueue(String label) {
    return new WaitQueue(this, label);
  }

  /** An {@code atomic_t} that is no reference count. */
  protected final AtomicInt atomic(String label) {
    return new AtomicInt(this, label);
  }

  /** A {@code refcount_t} or {@code kref} with a first value. */
  protected final RefCount refCount(String label, int first) {
    return new RefCount(this, label, first, Op.DEC_AND_TEST);
  }

  /** A counter with a first value that keeps memory allocated, and nothing else. */
  protected final RefCount memoryCount(String label, int first) {
    return new RefCount(this, label, first, Op.DROP);
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Struct.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
