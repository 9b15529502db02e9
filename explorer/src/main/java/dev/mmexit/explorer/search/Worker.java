package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.Chooser;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Footprint;
import dev.mmexit.explorer.engine.LockTable;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first search by re-execution: each execution repeats the choices of the current path, takes
 * the next one that is untried, and goes on through new states until it meets one that was seen. In
 * every new state each context that can take a step gets its turn.
 */
final class Worker implements Chooser {
  private static final int FIRST_SCOUTING = 256;

  /** For one random execution there are at least this many of the search. */
  private static final int SCOUTING_SHARE = 8;

  private final Search search;
  private final Instance instance;
  private final StateGraph.@Nullable Part graph;
  private final LockUses.@Nullable Part locks;
  private final List<Frame> frames = new ArrayList<>();
  private final RaceChecks races;
  private final Progress progress;
  private final Scout scout;

  /** Whether the outcome of a step may be told from what it did in another state. */
  private final boolean foresees;

  /** When this worker runs random executions again. */
  private long nextScouting = FIRST_SCOUTING;

  private byte[] path = new byte[256];

  /** The number of choices before the first frame. */
  private int base;

  /** The number of choices that this execution repeats. */
  private int repeat;

  /** The number of choices that this execution has taken. */
  private int depth;

  /** Whether the current step has given a warning. */
  private boolean warned;

  /** Whether the current execution is one of the search. */
  private boolean searching;

  private long steps;
  private long transitions;
  private long executed;

  Worker(Search search, Instance instance, Progress progress) {
    this.search = search;
    this.progress = progress;
    this.instance = instance;
    this.graph = search.keepsGraph() ? search.graph().newPart() : null;
    this.locks = search.locks() != null && search.keepsGraph() ? search.locks().newPart() : null;
    if (search.locks() != null) {
      instance.engine().learnLocks(search.locks().table(), null);
    }
    this.races = new RaceChecks(instance);
    this.scout = new Scout(instance, search.sharing(), search.limits(), search.number());
    // Where memory is used again, an allocation changes more than what it is seen to use.
    foresees = search.foresees() && !instance.engine().reusesMemory();
    instance.engine().onWarning(this::warned);
  }

  /** The steps that were executed, repeated ones included. */
  long steps() {
    return steps + races.steps();
  }

  /** The distinct transitions that were found. */
  long transitions() {
    return transitions;
  }

  void explore(Task task) {
    frames.clear();
    base = task.path().length;
    path = Arrays.copyOf(task.path(), Math.max(path.length, base + 1));
    if (task.frame().state >= 0) {
      push(task.frame());
    }
    boolean more = true;
    while (more && search.mayExecute()) {
      execute();
      donate();
      races.check(this::raceFound);
      more = backtrack();
      // Steps that are passed over can be suspect too.
      races.check(this::raceFound);
      executed++;
      if (search.keepsGraph() && executed == nextScouting) {
        // What is not known yet costs less the sooner it is.
        scout.scout((int) (executed / SCOUTING_SHARE));
        nextScouting *= 2;
      }
      if (executed % 64 == 0) {
        progress.at(search.states(), search.limits().executions(), search.findings().size());
      }
    }
  }

  private void execute() {
    repeat = base + frames.size();
    depth = 0;
    searching = true;
    KernelBug bug = instance.execute(this);
    searching = false;
    steps += depth;
    Frame top = frames.isEmpty() ? null : frames.get(frames.size() - 1);
    if (bug != null && top != null && !top.probe) {
      stepTaken(top, frames.size() - 1, instance.engine().footprint());
      transition(top, StateGraph.BUG);
      learnLocks(instance.engine(), top);
      Key key = Places.of(bug, instance.engine());
      search.findings().addCycle(key, () -> Places.lockCycle(bug, instance.engine()));
      foundInStep(key, top);
    }
  }

  private void transition(Frame from, int to) {
    transitions++;
    if (graph != null) {
      graph.add(from.state, from.labels[from.at], to);
    }
  }

  /** Notes what the step that has just ended takes while it holds what. */
  private void learnLocks(ControlledEngine engine, @Nullable Frame from) {
    int taken = engine.lockStep();
    if (taken == LockTable.NOTHING) {
      return;
    }
    if (locks == null) {
      search.lockSchedules().computeIfAbsent(taken, unknown -> scheduleTo(frames.size(), 0));
    } else if (from == null) {
      locks.addStart(taken);
    } else {
      locks.add(from.state, from.labels[from.at], taken);
    }
  }

  private void foundInStep(Key key, Frame top) {
    if (graph == null) {
      search.findings().add(key, scheduleTo(frames.size(), top.preemptionsAfter()));
    } else {
      search
          .findings()
          .add(key, new Findings.Occurrence(top.state, top.labels[top.at], Findings.NO_STEP));
    }
  }

  private void foundInState(Key key, int state, int preemptions) {
    if (graph == null) {
      search.findings().add(key, scheduleTo(frames.size(), preemptions));
    } else {
      search
          .findings()
          .add(key, new Findings.Occurrence(state, Findings.NO_STEP, Findings.NO_STEP));
    }
  }

  private void raceFound(Key key, Frame frame, int first, int second) {
    if (graph == null) {
      int at = frames.indexOf(frame);
      List<String> labels = new ArrayList<>(scheduleTo(at, 0).labels());
      labels.add(search.labels().name(frame.labels[first]));
      labels.add(search.labels().name(frame.labels[second]));
      search.findings().add(key, new Schedule(frame.preemptionsAfter(), labels));
    } else {
      int one = frame.labels[first];
      int other = frame.labels[second];
      search.findings().add(key, new Findings.Occurrence(frame.state, one, other));
    }
  }

  /** The steps of the first frames of the path: an exploration that keeps nothing has no base. */
  private Schedule scheduleTo(int count, int preemptions) {
    List<String> labels = new ArrayList<>(count);
    for (Frame frame : frames.subList(0, count)) {
      labels.add(search.labels().name(frame.labels[frame.at]));
    }
    return new Schedule(preemptions, labels);
  }

  @Override
  public @Nullable ControlledContext choose(
      ControlledEngine engine, @Nullable ControlledContext last) {
    if (depth < repeat) {
      return again(engine);
    }
    Frame top = frames.isEmpty() ? null : frames.get(frames.size() - 1);
    if (top != null && top.probe) {
      return null;
    }
    if (top != null || base == 0) {
      learnLocks(engine, top);
    }
    int used = top == null ? 0 : top.preemptionsAfter();
    ControlledContext choosing = engine.choosing();
    // Nobody else goes first at a choice: what was used before it is compared behind it.
    long extra = history(last, used) + (choosing == null ? 0 : Mix.mix(engine.tail()));
    int state = search.arrive(engine, extra);
    if (top != null) {
      transition(top, state < 0 ? ~state : state);
      Footprint footprint = engine.footprint();
      stepTaken(top, frames.size() - 1, footprint);
      learn(engine, top, footprint);
    }
    boolean anew = choosing == null && search.leavesAnew(engine, extra);
    Frame frame =
        state >= 0 ? open(engine, last, state, used) : anew ? frame(engine, last, ~state) : null;
    if (frame == null) {
      return null;
    }
    frame.probe = state < 0;
    if (frame.probe
        && last != null
        && frame.choices[0] == Choice.of(last)
        && engine.tailIsOf(last)) {
      // With itself a context is in order.
      if (!frame.hasMore()) {
        return null;
      }
      frame.at++;
    }
    if (foresees) {
      frame.print0 = engine.fingerprint0();
      frame.print1 = engine.fingerprint1();
      if (top != null) {
        frame.follow(top);
      }
    }
    if (!passKnown(frame, frames.size())) {
      return null;
    }
    push(frame);
    repeat = 0;
    warned = false;
    return Choice.take(engine, path[depth++]);
  }

  /** The next choice of the path, once more. */
  private @Nullable ControlledContext again(ControlledEngine engine) {
    ControlledContext next = Choice.take(engine, path[depth++]);
    engine.repeat(depth < repeat);
    warned = false;
    if (next == null && !search.isOutdated()) {
      throw new IllegalStateException("an execution does not repeat");
    }
    return next;
  }

  /** With a bound on preemptions the history counts: who ran last, and how many there were. */
  private long history(@Nullable ControlledContext last, int used) {
    return search.limits().bindsPreemptions() && last != null
        ? Mix.chain(last.canonicalHash(), used)
        : 0;
  }

  /** Notes what the step that has just ended did, for the states in which it does the same. */
  private void learn(ControlledEngine engine, Frame top, Footprint footprint) {
    if (foresees && !warned) {
      Step known = top.known[top.at];
      Step taken =
          new Step(
              footprint,
              engine.fingerprint0() - top.print0,
              engine.fingerprint1() - top.print1,
              engine.lockStep());
      assert known == null
          || (known.change0() == taken.change0()
              && known.change1() == taken.change1()
              && known.locks() == taken.locks())
          || search.isOutdated(); // then steps begin and end elsewhere
      top.known[top.at] = taken;
    }
  }

  /**
   * Passes over the choices of a state that lead to states seen before, as far as that is known
   * without executing them; false where no choice is left.
   *
   * @param at the frame's place on the path
   */
  private boolean passKnown(Frame frame, int at) {
    while (true) {
      Step step = frame.known[frame.at];
      if (frame.probe && step != null) {
        // It commutes with the step before: nothing of the two is unordered.
        if (!frame.hasMore()) {
          return false;
        }
        frame.at++;
        continue;
      }
      int to =
          step == null
              ? -1
              : search.find(frame.print0 + step.change0(), frame.print1 + step.change1());
      if (step == null || to < 0) {
        return true;
      }
      transition(frame, to);
      if (locks != null) {
        // What a context holds nobody else changes: it takes what it took before, holding the same.
        locks.add(frame.state, frame.labels[frame.at], step.locks());
      }
      stepTaken(frame, at, step.footprint());
      if (!frame.hasMore()) {
        return false;
      }
      frame.at++;
    }
  }

  /** Compares a step with the others from the same state. */
  private void stepTaken(Frame frame, int at, Footprint mine) {
    frame.done[frame.at] = mine;
    for (int i = 0; i < frame.choices.length; i++) {
      if (Choice.index(frame.choices[i]) != Choice.index(frame.choices[frame.at])
          && mine.conflict(frame.done[i]) != 0) {
        // Both ways round: which was tried first depends on how the state was reached.
        byte[] to = Arrays.copyOf(path, base + at);
        races.suspect(to, frame, i, frame.at, frame.done[i].conflict(mine));
        races.suspect(to, frame, frame.at, i, mine.conflict(frame.done[i]));
      }
    }
  }

  /** The frame of a new state; null where the execution ends in it. */
  private @Nullable Frame open(
      ControlledEngine engine, @Nullable ControlledContext last, int state, int used) {
    Frame frame = frame(engine, last, state);
    if (frame == null) {
      end(engine, state, used);
      return null;
    }
    if (last != null && depth >= Explorer.MAX_STEPS) {
      foundInState(Places.livelock(last), state, used);
      search.findings().terminal(null);
      return null;
    }
    boolean lastGoesOn = last != null && frame.choices[0] == Choice.of(last);
    if (lastGoesOn
        && engine.choosing() == null
        && frame.choices.length > 1
        && !search.limits().mayPreempt(used)) {
      frame.end = 1;
    }
    frame.preemptions = used;
    frame.runner = lastGoesOn ? Choice.index(frame.choices[0]) : -1;
    return frame;
  }

  /** Who can go on from a state, whoever took the last step first; null where nobody can. */
  private @Nullable Frame frame(
      ControlledEngine engine, @Nullable ControlledContext last, int state) {
    List<ControlledContext> contexts = engine.contexts();
    if (contexts.size() > Choice.MAX_CONTEXTS) {
      throw new TooLarge("more than " + Choice.MAX_CONTEXTS + " contexts");
    }
    ControlledContext choosing = engine.choosing();
    if (choosing != null) {
      return frame(choosing, state);
    }
    byte[] choices = new byte[contexts.size()];
    int count = 0;
    for (ControlledContext context : contexts) {
      if (context.isEnabled()) {
        choices[count++] = Choice.of(context);
      }
    }
    if (count == 0) {
      return null;
    }
    preferLast(choices, count, last);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = search.labels().number(contexts.get(Choice.index(choices[i])).label());
    }
    return new Frame(state, Arrays.copyOf(choices, count), labels);
  }

  /** The frame of a state in which somebody's call fails or not. */
  private Frame frame(ControlledContext choosing, int state) {
    byte[] choices = {Choice.of(choosing), Choice.failing(choosing)};
    int[] labels = new int[choices.length];
    for (int i = 0; i < choices.length; i++) {
      labels[i] = search.labels().number(Choice.named(choosing.label(), Choice.fails(choices[i])));
    }
    return new Frame(state, choices, labels);
  }

  /** Whoever took the last step goes on first: that costs no switch. */
  private static void preferLast(byte[] choices, int count, @Nullable ControlledContext last) {
    for (int i = 0; last != null && i < count; i++) {
      if (choices[i] == Choice.of(last)) {
        System.arraycopy(choices, 0, choices, 1, i);
        choices[0] = Choice.of(last);
        return;
      }
    }
  }

  private void end(ControlledEngine engine, int state, int used) {
    if (!engine.contexts().stream().allMatch(ControlledContext::isFinished)) {
      Key key = Places.deadlock(engine);
      search.findings().addCycle(key, () -> Places.lockCycle(engine));
      foundInState(key, state, used);
      search.findings().terminal(null);
      return;
    }
    AtRest rest = instance.world().atRest();
    search.findings().terminal(rest.state());
    for (Violation violation : rest.violations()) {
      foundInState(new Key(violation.kind(), violation.sentence()), state, used);
    }
  }

  private void push(Frame frame) {
    int at = base + frames.size();
    if (at == path.length) {
      path = Arrays.copyOf(path, at * 2);
    }
    path[at] = frame.choices[frame.at];
    frames.add(frame);
  }

  private boolean backtrack() {
    while (!frames.isEmpty()) {
      Frame top = frames.get(frames.size() - 1);
      if (top.hasMore()) {
        top.at++;
        if (passKnown(top, frames.size() - 1)) {
          path[base + frames.size() - 1] = top.choices[top.at];
          return true;
        }
      }
      frames.remove(frames.size() - 1);
    }
    return false;
  }

  /** Gives the earliest untried choices away where another worker has nothing to do. */
  private void donate() {
    if (!search.keepsGraph() || !search.pool().isHungry()) {
      return;
    }
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      if (frame.hasMore()) {
        search.pool().give(new Task(Arrays.copyOf(path, base + i), frame.split()));
        return;
      }
    }
  }

  private void warned(@Nullable Struct object, String sentence) {
    warned = true;
    Frame top = frames.isEmpty() ? null : frames.get(frames.size() - 1);
    if (top != null && !top.probe && depth >= repeat && searching) {
      foundInStep(Places.warning(object, sentence, instance.engine()), top);
    }
  }
}
