package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.search.Instance;
import dev.mmexit.explorer.search.Key;
import dev.mmexit.explorer.search.Places;
import dev.mmexit.explorer.search.RaceChecks;
import dev.mmexit.kernel.EventSink;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Op;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.FinalState;
import dev.mmexit.scenario.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one schedule, strictly: every step has to be possible. */
public final class Replayer {
  /** An execution of more operations and accesses than this goes round without end. */
  private static final int MAX_STEPS = 50_000;

  private final Instance instance;

  /** A replayer of the schedules of one world. */
  public Replayer(Instance instance) {
    this.instance = instance;
  }

  /**
   * Runs a schedule of single operations and accesses, given by the names that contexts have in
   * this execution, as in {@link ScheduleText}.
   */
  public Replay replay(List<String> schedule) throws Misfit {
    ControlledEngine engine = instance.engine();
    Run run = new Run(schedule, new Recording(engine));
    engine.record(run.recording);
    engine.onWarning(
        (object, sentence) ->
            run.findings.add(new Replay.Found(Places.warning(object, sentence, engine), sentence)));
    KernelBug bug;
    try {
      bug = instance.execute(run::choose);
    } finally {
      engine.record(EventSink.NONE);
      engine.onWarning((object, sentence) -> {});
    }
    Misfit misfit = run.misfit;
    if (misfit != null) {
      throw misfit;
    }
    ControlledContext last = run.last;
    if (bug != null && last != null) {
      run.recording.endStep(last, bug.kind().label());
      run.findings.add(new Replay.Found(Places.of(bug, engine), bug.sentence()));
      if (run.at < schedule.size()) {
        throw new Misfit(
            run.at + 1,
            schedule.get(run.at),
            List.of(),
            "the execution has ended: " + bug.sentence());
      }
    }
    Replay replay =
        new Replay(
            run.names,
            ThreadReports.of(engine, run.recording),
            run.recording.steps(),
            run.findings,
            run.finalState);
    return withRace(replay, run);
  }

  /** Adds the data race that the last two steps are, if they are one. */
  private Replay withRace(Replay replay, Run run) {
    int size = run.path.size();
    if (size < 2 || Choice.index(run.path.get(size - 1)) == Choice.index(run.path.get(size - 2))) {
      return replay;
    }
    byte[] path = new byte[size];
    for (int i = 0; i < size; i++) {
      path[i] = run.path.get(i);
    }
    RaceChecks.Race race = new RaceChecks(instance).lastTwo(path);
    if (race == null) {
      return replay;
    }
    List<Replay.Found> findings = new ArrayList<>(replay.findings());
    findings.add(new Replay.Found(race.key(), race.sentence()));
    return new Replay(
        replay.names(), replay.threads(), replay.steps(), findings, replay.finalState());
  }

  /** One execution under the schedule. */
  private final class Run {
    private final List<String> schedule;
    private final Recording recording;
    private final List<String> names = new ArrayList<>();
    private final List<Byte> path = new ArrayList<>();
    private final List<Replay.Found> findings = new ArrayList<>();
    private int at;
    private @Nullable ControlledContext last;
    private @Nullable Misfit misfit;
    private @Nullable FinalState finalState;

    Run(List<String> schedule, Recording recording) {
      this.schedule = schedule;
      this.recording = recording;
    }

    @Nullable ControlledContext choose(
        ControlledEngine engine, @Nullable ControlledContext stepped) {
      if (stepped == null) {
        recording.begin();
      } else if (endsRow(stepped)) {
        recording.endStep(stepped);
      }
      List<ControlledContext> enabled =
          engine.contexts().stream().filter(ControlledContext::isEnabled).toList();
      if (enabled.isEmpty()) {
        end(engine);
      }
      if (at == schedule.size()) {
        return null;
      }
      if (at == MAX_STEPS && stepped != null) {
        findings.add(
            new Replay.Found(
                Places.livelock(stepped),
                "after "
                    + at
                    + " steps the execution still goes round, last in "
                    + stepped.function()));
      }
      String wanted = schedule.get(at);
      for (ControlledContext context : enabled) {
        boolean fails = wanted.equals(Choice.named(context.name(), true));
        if ((fails && context.canFail()) || wanted.equals(context.name())) {
          at++;
          last = context;
          names.add(wanted);
          byte choice = fails ? Choice.failing(context) : Choice.of(context);
          path.add(choice);
          return Choice.take(engine, choice);
        }
      }
      misfit = misfit(engine, wanted, enabled);
      return null;
    }

    /** A row ends where another context goes on, and before a lock or a wait. */
    private boolean endsRow(ControlledContext stepped) {
      if (at == schedule.size() || !isOf(schedule.get(at), stepped)) {
        return true;
      }
      Op op = stepped.pendingOp();
      return op == null || op.kind() == Op.Kind.SLEEPING || op.kind() == Op.Kind.SPINNING;
    }

    private static boolean isOf(String step, ControlledContext context) {
      return step.equals(context.name()) || step.equals(Choice.named(context.name(), true));
    }

    private Misfit misfit(ControlledEngine engine, String wanted, List<ControlledContext> enabled) {
      String reason = "there is no " + wanted + " here";
      for (ControlledContext context : engine.contexts()) {
        if (context.name().equals(wanted)) {
          reason = wanted + (context.isFinished() ? " has finished" : " is blocked");
        } else if (wanted.equals(Choice.named(context.name(), true))) {
          reason = context.name() + " is not before a call that may still fail";
        }
      }
      return new Misfit(
          at + 1, wanted, enabled.stream().map(ControlledContext::name).toList(), reason);
    }

    private void end(ControlledEngine engine) {
      boolean finished = engine.contexts().stream().allMatch(ControlledContext::isFinished);
      if (!finished) {
        findings.add(new Replay.Found(Places.deadlock(engine), ThreadReports.deadlock(engine)));
        return;
      }
      AtRest rest = instance.world().atRest();
      finalState = rest.state();
      for (Violation violation : rest.violations()) {
        findings.add(
            new Replay.Found(
                new Key(violation.kind(), violation.sentence()), violation.sentence()));
      }
    }
  }

  /** The finding of this key in a replay; null where it does not show. */
  public static Replay.@Nullable Found find(Replay replay, Key key) {
    for (Replay.Found found : replay.findings()) {
      if (found.key().equals(key)
          || (key.kind() == FindingKind.LIVELOCK && found.key().kind() == key.kind())) {
        return found;
      }
    }
    return null;
  }
}
