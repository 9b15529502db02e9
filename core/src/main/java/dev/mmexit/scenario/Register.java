package dev.mmexit.scenario;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A register of a scenario: no memory of the kernel, but devices may look at it. */
final class Register extends Cell {
  Register(Struct struct, String label) {
    super(struct, label);
  }

  void put(int value) {
    act(Op.WRITE_ONCE, value);
  }

  OptionalInt now() {
    return peekAsDevice() instanceof Integer value ? OptionalInt.of(value) : OptionalInt.empty();
  }

  /** A scheduling point and nothing else. */
  void nop() {
    act(Op.NOP, null);
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    return op == Op.NOP ? null : super.apply(op, argument, context);
  }

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "unset" : super.text(of);
  }
}
