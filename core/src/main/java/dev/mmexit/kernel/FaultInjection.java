package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls fail, as with {@code CONFIG_FAULT_INJECTION}: the nth one of a site, or any, of which
 * an engine that explores tries both ways. Calls count from {@link #arm} on.
 */
public final class FaultInjection extends Struct {
  private final List<Countdown> countdowns = new ArrayList<>();
  private @Nullable Budget budget;

  /** Makes nothing fail yet. */
  public FaultInjection(Engine engine) {
    super(engine, "fault_attr", "fault_attr", Storage.STATIC);
  }

  /**
   * Makes one call fail.
   *
   * @param nth the how-manieth call, from 1
   * @param on the object whose calls are counted; null for all
   */
  public void failNth(FaultSite site, int nth, @Nullable String on) {
    countdowns.add(new Countdown(this, site, nth, on));
  }

  /** Lets every call fail or not, at most {@code max} of them in one execution. */
  public void failAny(int max) {
    budget = new Budget(this, max);
  }

  /** Calls count from now on: the set-up is over. */
  public void arm() {
    engine().inject(this);
  }

  /** {@code should_fail} of lib/fault-inject.c, for a call that is about the objects of a name. */
  boolean shouldFail(FaultSite site, String... about) {
    boolean fails = false;
    for (Countdown countdown : countdowns) {
      // Each counts every call that it is about, whichever of them makes it fail.
      fails |= countdown.counts(site, about) && countdown.strikes();
    }
    Budget left = budget;
    return fails || (left != null && left.mayBeSpent());
  }

  /** Counts calls up to the one that fails. */
  private static final class Countdown extends Cell {
    private final FaultSite site;
    private final int nth;
    private final @Nullable String on;

    Countdown(Struct struct, FaultSite site, int nth, @Nullable String on) {
      super(struct, site.label() + " calls");
      this.site = site;
      this.nth = nth;
      this.on = on;
    }

    @Override
    public String text(@Nullable Object of) {
      return of == null ? "0" : super.text(of);
    }

    boolean counts(FaultSite called, String... about) {
      return called == site && (on == null || List.of(about).contains(on));
    }

    boolean strikes() {
      return Boolean.TRUE.equals(act(Op.SHOULD_FAIL, null));
    }

    @Override
    public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
      int calls = Int.asInt(peek());
      if (calls == nth) {
        return false; // It has struck: later calls need no telling apart.
      }
      update(calls + 1);
      return calls + 1 == nth;
    }
  }

  /** How many more calls may fail. */
  private static final class Budget extends Cell {
    Budget(Struct struct, int max) {
      super(struct, "calls that may fail");
      initialise(max);
    }

    /** Whether a call that has come to its choice can still fail, with an argument; or go on. */
    @Override
    public boolean ready(Op op, @Nullable Object argument, Context context) {
      return argument == null || Int.asInt(peek()) > 0;
    }

    /**
     * Whether the engine has this call fail. That is no access that others could be let in before:
     * who fails and who does not is one question, in which order they are called another.
     */
    boolean mayBeSpent() {
      boolean fails = engine().choose(this, Int.asInt(peek()) > 0);
      if (fails) {
        // Others may have failed since it was asked.
        update(Int.asInt(peek()) - 1);
      }
      return fails;
    }
  }
}
