package dev.mmexit.kernel;

import org.jspecify.annotations.Nullable;

/** {@code atomic_t} that counts or marks something, and is no reference count. */
public final class AtomicInt extends Cell {
  AtomicInt(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code atomic_read}. */
  public int read() {
    int found = Int.asInt(act(Op.COUNT, null));
    tell("read " + expression() + ": it is " + found);
    return found;
  }

  /** {@code atomic_inc}. */
  public void inc() {
    act(Op.ATOMIC_INC, null);
    tell("inc " + expression());
  }

  /** {@code atomic_dec}. */
  public void dec() {
    act(Op.ATOMIC_DEC, null);
    tell("dec " + expression());
  }

  /**
   * {@code atomic_cmpxchg}: writes {@code replacement} where it finds {@code expected}.
   *
   * @return what it found
   */
  public int cmpxchg(int expected, int replacement) {
    int found = Int.asInt(act(Op.CMPXCHG, new Exchange(expected, replacement)));
    tell("cmpxchg " + expression() + ": it was " + found);
    return found;
  }

  /**
   * {@code atomic_dec_if_positive}.
   *
   * @return one less than it found, whether it wrote that or not
   */
  public int decIfPositive() {
    int left = Int.asInt(act(Op.DEC_IF_POSITIVE, null));
    tell("dec_if_positive " + expression() + ": " + left);
    return left;
  }

  private void tell(String text) {
    if (engine().isRecording()) {
      engine().tell(Event.Kind.COUNT, text);
    }
  }

  /** The value, unseen by the engine: for reports and checks at rest. */
  public int now() {
    return Int.asInt(glance());
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    int found = Int.asInt(peek());
    switch (op) {
      case ATOMIC_INC -> {
        update(found + 1);
        return null;
      }
      case ATOMIC_DEC -> {
        update(found - 1);
        return null;
      }
      case CMPXCHG -> {
        if (argument instanceof Exchange exchange && found == exchange.expected) {
          update(exchange.replacement);
        }
        return found;
      }
      case DEC_IF_POSITIVE -> {
        if (found > 0) {
          update(found - 1);
        }
        return found - 1;
      }
      default -> {
        return found;
      }
    }
  }

  private record Exchange(int expected, int replacement) {}

  @Override
  public String text(@Nullable Object of) {
    return of == null ? "0" : super.text(of);
  }
}
