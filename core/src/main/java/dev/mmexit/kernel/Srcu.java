package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct srcu_struct}: read sections that may sleep, and waits for those that have begun.
 */
public final class Srcu extends Cell {
  /** An SRCU domain in {@code struct}. */
  public Srcu(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code srcu_read_lock}. */
  public void readLock() {
    act(Op.SRCU_READ_LOCK, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "srcu_read_lock " + label());
    }
  }

  /** {@code srcu_read_unlock}. */
  public void readUnlock() {
    act(Op.SRCU_READ_UNLOCK, null);
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "srcu_read_unlock " + label());
    }
  }

  /** {@code synchronize_srcu}: sleeps until every read section that has begun has ended. */
  public void synchronize() {
    engine().checkMaySleep(this, Op.SYNCHRONIZE_SRCU);
    engine().await(this, null);
    GracePeriod period = new GracePeriod(engine().freshKey());
    act(Op.SRCU_SNAPSHOT, period);
    if (!engine().glance(() -> ready(Op.SYNCHRONIZE_SRCU, period, engine().current()))) {
      act(Op.SYNCHRONIZE_SRCU, period);
    }
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SYNC, "synchronize_srcu " + label());
    }
  }

  /**
   * {@code call_srcu}: runs {@code callback}, which must not sleep, once every read section that
   * has begun has ended.
   */
  public void call(String what, Runnable callback) {
    GracePeriod period = new GracePeriod(engine().freshKey());
    act(Op.SRCU_SNAPSHOT, period);
    engine()
        .spawn(
            "srcu",
            this,
            Op.SRCU_CALLBACK,
            period,
            () -> {
              engine().current().setAtomic();
              callback.run();
            });
    if (engine().isRecording()) {
      engine().tell(Event.Kind.SPAWN, "call_srcu " + what);
    }
  }

  @Override
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    if (op != Op.SYNCHRONIZE_SRCU && op != Op.SRCU_CALLBACK) {
      return true;
    }
    return remaining(argument).isEmpty();
  }

  @Override
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    switch (op) {
      case SRCU_READ_LOCK -> put(state().begin(new Section(context, state().depth(context))));
      case SRCU_READ_UNLOCK -> {
        Section section = state().innermost(context);
        if (section == null) {
          throw KernelBug.of(
              FindingKind.LOCK_MISUSE,
              struct(),
              context.name() + " leaves a read section of " + label() + " that it is not in");
        }
        put(state().end(section));
      }
      case SRCU_SNAPSHOT -> {
        if (argument instanceof GracePeriod period && !state().open.isEmpty()) {
          put(state().await(period));
        }
      }
      default -> {
        // The wait is over.
      }
    }
    return null;
  }

  @Override
  public List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    return remaining(argument).stream().map(Section::reader).distinct().toList();
  }

  @Override
  public String awaited(Op op, @Nullable Object argument) {
    return "the read sections of " + label();
  }

  @Override
  public String held() {
    return "is in a read section of " + label();
  }

  /** Who is in a read section. */
  public List<Context> readers() {
    return state().open.stream().map(Section::reader).toList();
  }

  @Override
  public String text(@Nullable Object of) {
    return of instanceof State state && !state.open.isEmpty()
        ? state.open.stream()
            .map(section -> section.reader.name())
            .sorted()
            .collect(Collectors.joining(", ", "read ", ""))
        : "no reader";
  }

  private List<Section> remaining(@Nullable Object period) {
    for (Waited waited : state().awaited) {
      if (waited.period.equals(period)) {
        return waited.sections;
      }
    }
    return List.of();
  }

  private State state() {
    return peek() instanceof State state ? state : State.IDLE;
  }

  private void put(State state) {
    update(state.open.isEmpty() ? null : state);
  }

  /**
   * One read section.
   *
   * @param depth in how many others its reader was when it began
   */
  private record Section(Context reader, int depth) {
    long hash() {
      return Mix.chain(reader.canonicalHash(), depth);
    }
  }

  /**
   * A wait for the read sections that had begun.
   *
   * @param key tells it from others
   */
  private record GracePeriod(long key) {}

  /** What a grace period still waits for. */
  private record Waited(GracePeriod period, List<Section> sections) {}

  /**
   * The read sections that are open, and which of them each grace period still waits for;
   * immutable. The order in which they began is of no account, and a section that has ended is
   * forgotten.
   */
  private static final class State implements Canonical {
    static final State IDLE = new State(List.of(), List.of());

    private final List<Section> open;
    private final List<Waited> awaited;
    private final long hash;

    private State(List<Section> open, List<Waited> awaited) {
      this.open = open;
      this.awaited = awaited;
      long sum = 0;
      for (Section section : open) {
        sum += Mix.mix(section.hash());
      }
      for (Waited each : awaited) {
        long sections = 0;
        for (Section section : each.sections) {
          sections += Mix.mix(section.hash());
        }
        sum += Mix.chain(each.period.key, sections);
      }
      hash = Mix.mix(sum) | 1;
    }

    @Override
    public long canonicalHash() {
      return hash;
    }

    State begin(Section section) {
      List<Section> more = new ArrayList<>(open.size() + 1);
      more.addAll(open);
      more.add(section);
      return new State(more, awaited);
    }

    /** In how many sections a reader is. */
    int depth(Context reader) {
      int depth = 0;
      for (Section section : open) {
        if (section.reader == reader) {
          depth++;
        }
      }
      return depth;
    }

    @Nullable Section innermost(Context reader) {
      for (int i = open.size() - 1; i >= 0; i--) {
        if (open.get(i).reader == reader) {
          return open.get(i);
        }
      }
      return null;
    }

    State end(Section section) {
      if (awaited.isEmpty()) {
        return new State(without(open, section), awaited);
      }
      List<Waited> waits = new ArrayList<>(awaited.size());
      for (Waited each : awaited) {
        List<Section> rest = without(each.sections, section);
        if (!rest.isEmpty()) {
          waits.add(new Waited(each.period, rest));
        }
      }
      return new State(without(open, section), waits);
    }

    State await(GracePeriod period) {
      List<Waited> waits = new ArrayList<>(awaited.size() + 1);
      waits.addAll(awaited);
      waits.add(new Waited(period, open));
      return new State(open, waits);
    }

    private static List<Section> without(List<Section> sections, Section section) {
      List<Section> rest = new ArrayList<>(sections.size());
      for (Section other : sections) {
        if (!other.equals(section)) {
          rest.add(other);
        }
      }
      return rest;
    }
  }
}
