package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.HlistNode;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct mmu_notifier}, which C code embeds in a struct of its own: here that struct extends
 * this one, and {@code container_of} is a cast.
 */
public abstract class MmuNotifier extends Struct {
  public final HlistNode<MmuNotifier> hlist = hlistNode("notifier.hlist", this);
  public final Ref<MmuNotifierOps> ops = ref("notifier.ops");

  /** A notifier in a struct of the given type. */
  protected MmuNotifier(Engine engine, String type, String variable) {
    super(engine, type, variable);
  }
}
