package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code refcount_t}, {@code kref}, and the counters of an address space, with the checks of the
 * kernel's full refcount: raising from zero and dropping below it are errors.
 */
public final class RefCount extends Cell {
  private final Op put;

  /**
   * A counter whose last put is {@code put}: DROP where that frees memory and does nothing else.
   */
  RefCount(Struct struct, String label, int first, Op put) {
    super(struct, label);
    this.put = put;
    if (first != 0) {
      initialise(first);
    }
  }

  /** {@code refcount_inc}. */
  public void inc() {
    act(Op.INC, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.COUNT, "inc " + expression());
    }
  }

  /** {@code refcount_inc_not_zero}: false where it was zero. */
  public boolean incNotZero() {
    boolean done = Boolean.TRUE.equals(act(Op.INC_NOT_ZERO, null));
    if (engine().isRecording()) {
      engine()
          .tell(Event.Kind.COUNT, "inc_not_zero " + expression() + (done ? "" : ": it is zero"));
    }
    return done;
  }

  /** {@code refcount_dec_and_test}: true where it has become zero. */
  public boolean decAndTest() {
    boolean zero = Boolean.TRUE.equals(act(put, null));
    if (engine().isRecording()) {
      engine().tell(Event.Kind.COUNT, "dec " + expression() + (zero ? ": it is zero now" : ""));
    }
    return zero;
  }

  /** {@code refcount_read}. */
  public int read() {
    return Int.asInt(act(Op.COUNT, null));
  }

  /** {@code kref_init}: one reference. */
  public void init() {
    act(Op.INIT, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.COUNT, "init " + expression() + " to 1");
    }
  }

  /** The count for an assertion of C code: no access of its own, but what it finds matters. */
  public int asserted() {
    return Int.asInt(peekAsDevice());
  }

  /** The count, unseen by the engine: for reports and checks at rest. */
  public int now() {
    return Int.asInt(glance());
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    int count = Int.asInt(peek());
    switch (op) {
      case INC -> {
        if (count == 0) {
          throw misuse("is raised from zero");
        }
        if (count == Integer.MAX_VALUE) {
          throw misuse("is saturated");
        }
        update(count + 1);
        return null;
      }
      case INC_NOT_ZERO -> {
        if (count == 0) {
          return false;
        }
        update(count + 1);
        return true;
      }
      case DEC_AND_TEST, DROP -> {
        if (count == 0) {
          throw misuse("is dropped below zero");
        }
        update(count - 1);
        return count == 1;
      }
      case INIT -> {
        update(1);
        return null;
      }
      default -> {
        return count;
      }
    }
  }

  private KernelBug misuse(String what) {
    return KernelBug.of(
        FindingKind.REFCOUNT, struct(), describe() + " " + what + " in " + engine().here());
  }

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "0" : super.text(of);
  }
}
