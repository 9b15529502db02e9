package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.explorer.search.RaceChecks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a schedule of a search in single operations and accesses, the steps of {@link
 * ScheduleText}, which do not depend on what the search knew. What a step does after its last
 * operation that matters to others is put off until the context's next step, so that switches are
 * where they mean something.
 */
public final class Expansion {
  private final Instance instance;
  private final boolean putsOff;

  /**
   * Expands schedules for {@code instance}, with the granularity and knowledge of the search.
   *
   * @param putsOff whether the instance knows what matters to others
   */
  public Expansion(Instance instance, boolean putsOff) {
    this.instance = instance;
    this.putsOff = putsOff;
  }

  /**
   * The names of the contexts that take the single steps.
   *
   * @param race whether the last two steps are a data race: both are taken up to the access
   */
  public List<String> expand(List<String> labels, boolean race) throws Misfit {
    Run run = new Run(labels, race ? labels.size() - 2 : labels.size());
    instance.execute(run::choose);
    if (run.misfit) {
      throw new Misfit(run.at + 1, labels.get(run.at), List.of(), "the search took it");
    }
    ControlledContext stepped = run.last;
    if (stepped != null) {
      // Its last step was the error that it stood before.
      run.emit(stepped, run.owed(stepped) + 1);
    } else if (race) {
      run.raceEnd();
    } else {
      run.flush();
    }
    return run.names;
  }

  /** One execution. */
  private final class Run {
    private final List<String> labels;
    private final int end;
    private final List<String> names = new ArrayList<>();
    private final List<Byte> path = new ArrayList<>();
    private final Map<String, Integer> owed = new HashMap<>();
    private final List<ControlledContext> known = new ArrayList<>();
    private final Map<String, Integer> started = new HashMap<>();
    private final Set<ControlledContext> chosen = new HashSet<>();
    private int at;
    private boolean misfit;
    private @Nullable ControlledContext last;

    Run(List<String> labels, int end) {
      this.labels = labels;
      this.end = end;
    }

    @Nullable ControlledContext choose(
        ControlledEngine engine, @Nullable ControlledContext stepped) {
      if (stepped != null) {
        int matter = matter(stepped);
        emit(stepped, owed(stepped));
        if (stepped.isFailing()) {
          names.add(Choice.named(stepped.name(), true));
          emit(stepped, matter - 1);
        } else {
          emit(stepped, matter);
        }
        put(stepped, stepped.places() - matter);
        last = null;
      }
      for (ControlledContext context : engine.contexts()) {
        if (!known.contains(context)) {
          known.add(context);
        }
        if (context != stepped && !chosen.contains(context)) {
          // It has run up to its first scheduling point, or further since then.
          int before = started.getOrDefault(context.name(), 0);
          int matter = Math.max(before, matter(context));
          emit(context, matter - before);
          started.put(context.name(), matter);
          put(context, context.places() - matter);
        }
      }
      if (at == end) {
        if (end < labels.size()) {
          addRacers(engine);
        }
        return null;
      }
      ControlledContext next = find(engine, labels.get(at));
      if (next == null || Choice.take(engine, choice(next, labels.get(at))) == null) {
        misfit = true;
        return null;
      }
      path.add(choice(next, labels.get(at++)));
      last = next;
      chosen.add(next);
      return next;
    }

    private void addRacers(ControlledEngine engine) {
      for (String label : labels.subList(end, labels.size())) {
        ControlledContext racer = find(engine, label);
        if (racer != null) {
          path.add(choice(racer, label));
        }
      }
    }

    private @Nullable ControlledContext find(ControlledEngine engine, String label) {
      for (ControlledContext context : engine.contexts()) {
        if (label.equals(context.label()) || label.equals(Choice.named(context.label(), true))) {
          return context;
        }
      }
      return null;
    }

    private static byte choice(ControlledContext context, String label) {
      return label.equals(context.label()) ? Choice.of(context) : Choice.failing(context);
    }

    private int matter(ControlledContext context) {
      return putsOff ? context.lastThatMatters() : context.places();
    }

    int owed(ControlledContext context) {
      return owed.getOrDefault(context.name(), 0);
    }

    void put(ControlledContext context, int count) {
      owed.put(context.name(), count);
    }

    void emit(ControlledContext context, int count) {
      for (int i = 0; i < count; i++) {
        names.add(context.name());
      }
    }

    void flush() {
      for (ControlledContext context : known) {
        emit(context, owed(context));
        put(context, 0);
      }
    }

    /** Takes both racers up to the field, and then the two accesses. */
    void raceEnd() {
      byte[] bytes = new byte[path.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = path.get(i);
      }
      ControlledContext one = known.get(Choice.index(bytes[bytes.length - 2]));
      ControlledContext other = known.get(Choice.index(bytes[bytes.length - 1]));
      RaceChecks.Race found = new RaceChecks(instance).lastTwo(bytes);
      if (found == null) {
        throw new IllegalStateException("the last two steps of " + labels + " do not race");
      }
      emit(other, owed(other) + found.otherBefore());
      emit(one, owed(one) + found.before());
      emit(one, 1);
      emit(other, 1);
    }
  }
}
