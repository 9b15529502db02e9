package dev.mmexit.kernel;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What devices see of memory. An access by a device, or the end of memory that devices can reach,
 * is one atomic action: no lock orders it against anything.
 */
public final class Hardware extends Cell {
  /** The view of the devices, in {@code struct}. */
  public Hardware(Struct struct, String label) {
    super(struct, label);
  }

  /**
   * Carries out {@code action} at one moment. It may look at memory with the {@code now} methods
   * and throw a {@link KernelBug}.
   */
  public int atomically(String what, IntSupplier action) {
    int result = Int.asInt(act(Op.HARDWARE, new Action(action)));
    engine().tell(Event.Kind.NOTE, what);
    return result;
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    return argument instanceof Action action ? action.body.getAsInt() : 0;
  }

  private record Action(IntSupplier body) {}

  @Override
  public String text(@Nullable Object of) {
    return "";
  }
}
