package dev.mmexit.scenario;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Op;
import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** Closed at first, and open for everybody once somebody has opened it. No part of the kernel. */
final class Gate extends Cell {
  private final String purpose;

  /**
   * A closed gate.
   *
   * @param purpose what those who stand before it wait for, in words for reports
   */
  Gate(Struct struct, String label, String purpose) {
    super(struct, label);
    this.purpose = purpose;
  }

  /** Waits until it is open. */
  void pass() {
    // To an engine it is a lock that everybody can have as soon as it was given up once.
    act(Op.MUTEX_LOCK, null);
  }

  /** Opens it for good. */
  void open() {
    act(Op.MUTEX_UNLOCK, null);
  }

  @Override
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    return op != Op.MUTEX_LOCK || Boolean.TRUE.equals(peek());
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    if (op == Op.MUTEX_UNLOCK) {
      update(true);
    }
    return null;
  }

  @Override
  public String awaited(Op op, @Nullable Object argument) {
    return purpose;
  }

  @Override
  public String text(@Nullable Object of) {
    return "";
  }
}
