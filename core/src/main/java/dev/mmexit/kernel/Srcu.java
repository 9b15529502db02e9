package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code struct srcu_struct}: read sections that may sleep, and waits for those that have begun. */
public final class Srcu extends Cell {
  /** An SRCU domain in {@code struct}. */
  public Srcu(Struct struct, String label) {
    super(struct, label);
  }

  /** {@code srcu_read_lock}. */
  public void readLock() {
    act(Op.SRCU_READ_LOCK, null);
    engine().tell(Event.Kind.SYNC, "srcu_read_lock " + label());
  }

  /** {@code srcu_read_unlock}. */
  public void readUnlock() {
    act(Op.SRCU_READ_UNLOCK, null);
    engine().tell(Event.Kind.SYNC, "srcu_read_unlock " + label());
  }

  /** {@code synchronize_srcu}: sleeps until every read section that has begun has ended. */
  public void synchronize() {
    engine().checkMaySleep(this, Op.SYNCHRONIZE_SRCU);
    Object begun = act(Op.SRCU_SNAPSHOT, null);
    if (begun != null) {
      act(Op.SYNCHRONIZE_SRCU, begun);
    }
    engine().tell(Event.Kind.SYNC, "synchronize_srcu " + label());
  }

  /**
   * {@code call_srcu}: runs {@code callback}, which must not sleep, once every read section that
   * has begun has ended.
   */
  public void call(String what, Runnable callback) {
    Object begun = act(Op.SRCU_SNAPSHOT, null);
    engine()
        .spawn(
            "srcu",
            this,
            Op.SRCU_CALLBACK,
            begun,
            () -> {
              engine().current().setAtomic();
              callback.run();
            });
    engine().tell(Event.Kind.SPAWN, "call_srcu " + what);
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
    Sections sections = sections();
    switch (op) {
      case SRCU_READ_LOCK -> {
        update(sections.begin(context, engine().freshKey()));
        return null;
      }
      case SRCU_READ_UNLOCK -> {
        if (!sections.has(context)) {
          throw KernelBug.of(
              FindingKind.LOCK_MISUSE,
              struct(),
              context.name() + " leaves a read section of " + label() + " that it is not in");
        }
        Sections rest = sections.end(context);
        update(rest.list.isEmpty() ? null : rest);
        return null;
      }
      case SRCU_SNAPSHOT -> {
        return sections.list.isEmpty() ? null : sections;
      }
      default -> {
        return null;
      }
    }
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
    return sections().list.stream().map(Section::reader).toList();
  }

  private List<Section> remaining(@Nullable Object begun) {
    return begun instanceof Sections then
        ? then.list.stream().filter(sections().list::contains).toList()
        : List.of();
  }

  private Sections sections() {
    return peek() instanceof Sections sections ? sections : Sections.NONE;
  }

  /**
   * One read section.
   *
   * @param number tells the sections of one reader apart
   */
  private record Section(Context reader, long number) {}

  /** The read sections that are open; immutable. The order in which they began is of no account. */
  private record Sections(List<Section> list, long canonicalHash) implements Canonical {
    static final Sections NONE = new Sections(List.of(), 1);

    private static Sections of(List<Section> list) {
      long sum = 0;
      for (Section section : list) {
        sum += Mix.chain(section.reader.canonicalHash(), section.number);
      }
      return new Sections(list, Mix.mix(sum) | 1);
    }

    boolean has(Context context) {
      return list.stream().anyMatch(section -> section.reader == context);
    }

    Sections begin(Context context, long section) {
      List<Section> longer = new ArrayList<>(list);
      longer.add(new Section(context, section));
      return of(longer);
    }

    /** Ends the innermost section of {@code context}. */
    Sections end(Context context) {
      List<Section> shorter = new ArrayList<>(list);
      for (int i = shorter.size() - 1; i >= 0; i--) {
        if (shorter.get(i).reader == context) {
          shorter.remove(i);
          break;
        }
      }
      return of(shorter);
    }
  }
}
