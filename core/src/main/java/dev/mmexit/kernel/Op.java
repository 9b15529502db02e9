package dev.mmexit.kernel;

/**
 * The operations of the primitives. Each is one atomic action that an engine carries out when the
 * primitive says that it is ready.
 */
public enum Op {
  /** {@code READ_ONCE}. */
  READ_ONCE("READ_ONCE", Kind.ATOMIC),
  /** {@code WRITE_ONCE}, and a publication such as {@code rcu_assign_pointer}. */
  WRITE_ONCE("WRITE_ONCE", Kind.ATOMIC),
  /** {@code refcount_inc}, {@code atomic_inc}, {@code kref_get}. */
  INC("inc", Kind.ATOMIC),
  /** {@code refcount_inc_not_zero}, {@code kref_get_unless_zero}. */
  INC_NOT_ZERO("inc_not_zero", Kind.ATOMIC),
  /** {@code refcount_dec_and_test}, {@code kref_put}. */
  DEC_AND_TEST("dec_and_test", Kind.ATOMIC),
  /** {@code atomic_dec_and_test} of a counter that keeps memory allocated and nothing else. */
  DROP("dec_and_test", Kind.RELEASE),
  /** {@code kref_init}, {@code refcount_set}. */
  INIT("init", Kind.ATOMIC),
  /** {@code refcount_read}, {@code atomic_read}. */
  COUNT("read", Kind.ATOMIC),
  /** {@code atomic_inc} of a number that is no reference count. */
  ATOMIC_INC("atomic_inc", Kind.ATOMIC),
  /** {@code atomic_dec}. */
  ATOMIC_DEC("atomic_dec", Kind.ATOMIC),
  /** {@code atomic_cmpxchg}. */
  CMPXCHG("cmpxchg", Kind.ATOMIC),
  /** {@code atomic_dec_if_positive}. */
  DEC_IF_POSITIVE("dec_if_positive", Kind.ATOMIC),
  /** {@code mutex_lock}. */
  MUTEX_LOCK("mutex_lock", Kind.SLEEPING),
  /** {@code mutex_unlock}. */
  MUTEX_UNLOCK("mutex_unlock", Kind.RELEASE),
  /** {@code spin_lock}. */
  SPIN_LOCK("spin_lock", Kind.SPINNING),
  /** {@code spin_unlock}. */
  SPIN_UNLOCK("spin_unlock", Kind.RELEASE),
  /** First half of {@code down_read}: take it, or queue up. */
  DOWN_READ("down_read", Kind.SLEEPING),
  /** First half of {@code down_write}: take it, or queue up. */
  DOWN_WRITE("down_write", Kind.SLEEPING),
  /** Second half of {@code down_read} and {@code down_write}: sleep until granted. */
  RWSEM_GRANTED("rwsem_wait", Kind.SLEEPING),
  /** {@code up_read}. */
  UP_READ("up_read", Kind.RELEASE),
  /** {@code up_write}. */
  UP_WRITE("up_write", Kind.RELEASE),
  /** {@code prepare_to_wait_event}. */
  PREPARE_TO_WAIT("prepare_to_wait", Kind.ATOMIC),
  /** {@code schedule} of a thread on a wait queue. */
  SCHEDULE("schedule", Kind.SLEEPING),
  /** {@code finish_wait}. */
  FINISH_WAIT("finish_wait", Kind.ATOMIC),
  /** {@code wake_up_all}. */
  WAKE_UP_ALL("wake_up_all", Kind.ATOMIC),
  /** {@code srcu_read_lock}. */
  SRCU_READ_LOCK("srcu_read_lock", Kind.ATOMIC),
  /** {@code srcu_read_unlock}. */
  SRCU_READ_UNLOCK("srcu_read_unlock", Kind.RELEASE),
  /** Begin of a grace period: which readers there are. */
  SRCU_SNAPSHOT("srcu_snapshot", Kind.ATOMIC),
  /** {@code synchronize_srcu} after its begin: sleep until those readers have left. */
  SYNCHRONIZE_SRCU("synchronize_srcu", Kind.SLEEPING),
  /** The start of an SRCU callback, once the readers at {@code call_srcu} have left. */
  SRCU_CALLBACK("srcu callback", Kind.START),
  /** {@code queue_work}. */
  QUEUE_WORK("queue_work", Kind.ATOMIC),
  /** A work item has run. */
  WORK_DONE("work done", Kind.ATOMIC),
  /** Begin of {@code flush_workqueue}: which items there are. */
  WORK_SNAPSHOT("flush_snapshot", Kind.ATOMIC),
  /** {@code flush_workqueue} after its begin: sleep until those items have run. */
  FLUSH_WORKQUEUE("flush_workqueue", Kind.SLEEPING),
  /** The start of a thread or of a work item. */
  START("start", Kind.START),
  /** Memory that devices reach goes away, or a device reaches for memory. */
  HARDWARE("hardware", Kind.ATOMIC),
  /** A plain access that follows the release of a lock: another thread may go first. */
  PLAIN("plain access", Kind.START),
  /** {@code kmem_cache_alloc} where freed memory is handed out again. */
  KMEM_CACHE_ALLOC("kmem_cache_alloc", Kind.ATOMIC),
  /** {@code kmem_cache_free} where freed memory is handed out again. */
  KMEM_CACHE_FREE("kmem_cache_free", Kind.ATOMIC),
  /** {@code kfree} of an object that others may use. */
  KFREE("kfree", Kind.START),
  /** {@code should_fail} of fault injection: one more call of a site. */
  SHOULD_FAIL("should_fail", Kind.ATOMIC),
  /** A call that may fail or not, as the explorer chooses. */
  CHOOSE("fault injection", Kind.START),
  /** A context that stands before an error, while others may still go on. */
  BUG("bug", Kind.START),
  /** A scheduling point and nothing else. */
  NOP("nop", Kind.START);

  /** How an engine treats an operation. */
  public enum Kind {
    /** Never waits. */
    ATOMIC,
    /** May wait for a spinlock. */
    SPINNING,
    /** May sleep: an error under a spinlock. */
    SLEEPING,
    /** Gives a lock or a hold on memory up: never waits and only lets others go on. */
    RELEASE,
    /** Where a context starts or lets others go first; may wait. */
    START
  }

  private final String text;
  private final Kind kind;

  Op(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** The kernel's name for the operation. */
  public String text() {
    return text;
  }

  /** A number for hashes and footprints, which never leave the program. */
  @SuppressWarnings("EnumOrdinal")
  public int code() {
    return ordinal() + 1;
  }

  /** How an engine treats it. */
  public Kind kind() {
    return kind;
  }
}
