package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;

/**
 * {@code struct callback_head}, which C code embeds in a struct of its own: here that struct
 * extends this one. It is on one list at most.
 */
public abstract class CallbackHead extends Struct {
  /** The next one of the task's work. */
  final Ref<CallbackHead> next = ref("callback.next");

  /** A callback in a struct of the given type. */
  protected CallbackHead(Engine engine, String type, String variable) {
    super(engine, type, variable);
  }

  /** {@code func} of the callback. */
  abstract void func();
}
