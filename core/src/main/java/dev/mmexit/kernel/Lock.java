package dev.mmexit.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lock with at most one owner; its value is the owner. */
public abstract class Lock extends Cell {
  Lock(Struct struct, String label) {
    super(struct, label);
  }

  /** Who holds it; null where it is free. */
  public final @Nullable Context owner() {
    return (Context) peek();
  }

  @Override
  public final boolean ready(Op op, @Nullable Object argument, Context context) {
    // A second lock by its owner is ready so that apply() can report it, as is any release.
    Object owner = peek();
    return owner == null || owner == context || op.kind() == Op.Kind.RELEASE;
  }

  @Override
  final boolean isHeldBy(Context context) {
    return peek() == context;
  }

  /** Takes the lock for {@code context}. */
  final void take(Context context) {
    if (peek() == context) {
      throw misuse(context.name() + " takes " + describe() + ", which it holds already,");
    }
    update(context);
    hold(context);
  }

  /** Notes that the context holds this. */
  void hold(Context context) {
    context.locks().add(this);
  }

  /** Gives the lock up. */
  final void drop(Context context) {
    if (peek() != context) {
      Context owner = owner();
      throw misuse(
          context.name()
              + " releases "
              + describe()
              + (owner == null ? ", which nobody holds," : ", which " + owner.name() + " holds,"));
    }
    update(null);
    release(context);
  }

  /** Notes that the context does not hold this any more. */
  void release(Context context) {
    context.forget(this);
  }

  @Override
  public final void reapply(Op op, Context context) {
    if (op.kind() == Op.Kind.RELEASE) {
      release(context);
    } else {
      hold(context);
    }
  }

  private KernelBug misuse(String what) {
    return KernelBug.of(
        FindingKind.LOCK_MISUSE, struct(), what + " in " + engine().here().function());
  }

  @Override
  public final List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    Context owner = owner();
    return owner == null ? List.of() : List.of(owner);
  }

  @Override
  public final String held() {
    return "holds " + expression();
  }

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "free" : super.text(of);
  }
}
