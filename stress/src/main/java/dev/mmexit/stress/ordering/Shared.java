package dev.mmexit.stress.ordering;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;

/** One of each primitive, for tests that need one or two of them. */
final class Shared extends Struct {
  final Mutex mutex = mutex("mutex");
  final SpinLock spinLock = spinLock("spin_lock");
  final RwSemaphore rwSemaphore = rwSemaphore("rwsem");
  final RefCount refs = refCount("refs", 1);
  final WaitQueue queue = waitQueue("queue");
  final Flag active = flag("active");
  final Srcu srcu = new Srcu(this, "srcu");
  final Ref<Shared> pointer = ref("pointer");
  final Int one = integer("one");
  final Int two = integer("two");

  Shared(Engine engine) {
    super(engine, "shared", "shared");
  }
}
