package dev.mmexit.kernel;

import java.util.Locale;

/** A struct with a field of each kind. */
public final class Thing extends Struct {
  public final Int number = integer("number");
  public final Int seven = integer("seven", 7);
  public final Flag flag = flag("flag");
  public final Ref<Thing> other = ref("other");
  public final Mutex mutex = mutex("lock");
  public final SpinLock spin = spinLock("spin");
  public final RwSemaphore sem = rwSemaphore("sem");
  public final WaitQueue queue = waitQueue("queue");
  public final RefCount refs = refCount("refs", 1);
  public final Srcu srcu = new Srcu(this, "srcu");
  public final Workqueue works = new Workqueue(this, "works");
  public final Idr<Thing> idr = new Idr<>(this, "idr");
  public final Hardware hardware = new Hardware(this, "hardware");
  public final ListHead<Thing> head = listHead("head");
  public final ListHead<Thing> list = listNode("list", this);
  public final HlistHead<Thing> hlist = hlistHead("hlist");
  public final HlistNode<Thing> node = hlistNode("node", this);

  /**
   * A thing.
   *
   * @param variable what a pointer to it is called, as in {@code a->lock}; also the object's name
   */
  public Thing(Engine engine, String variable) {
    super(engine, "thing", variable);
    nameIt(variable.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name();
  }
}
