package dev.mmexit.lincheck;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Idr;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;
import dev.mmexit.kernel.Workqueue;

/** A struct with a field of each kind that {@link Primitives} use. */
final class Thing extends Struct {
  final Int number = integer("number");
  final Int seven = integer("seven", 7);
  final Ref<Thing> other = ref("other");
  final Mutex mutex = mutex("lock");
  final SpinLock spin = spinLock("spin");
  final RwSemaphore sem = rwSemaphore("sem");
  final RefCount refs = refCount("refs", 1);
  final Flag active = flag("active");
  final WaitQueue queue = waitQueue("wq");
  final Workqueue work = new Workqueue(this, "work");
  final Srcu srcu = new Srcu(this, "srcu");
  final Idr<Thing> idr = new Idr<>(this, "idr");
  final ListHead<Thing> head = listHead("head");
  final ListHead<Thing> list = listNode("list", this);

  Thing(Engine engine, String variable) {
    super(engine, "thing", variable);
  }
}
