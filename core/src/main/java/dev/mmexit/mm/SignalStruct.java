package dev.mmexit.mm;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Struct;

/** {@code struct signal_struct}: what the threads of a process share. */
public final class SignalStruct extends Struct {
  public final Mutex credGuardMutex = mutex("cred_guard_mutex");

  SignalStruct(Engine engine) {
    super(engine, "signal_struct", "signal");
  }
}
