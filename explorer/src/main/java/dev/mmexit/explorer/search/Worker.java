package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.Chooser;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Footprint;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first search: each execution goes back to where the current path parts from the one before,
 * takes the next choice that is untried, and goes on through new states until it meets one that was
 * seen. In every new state each context that can take a step gets its turn.
 */
final class Worker implements Chooser {
  private static final int FIRST_SCOUTING = 256;

  /** A search that is not small is worth more executions in vain than a small one. */
  private static final int PATIENCE = 40;

  /** For one random execution there are at least this many of the search. */
  private static final int SCOUTING_SHARE = 8;

  private final Search search;
  private final Instance instance;
  private final Path path;
  private final Recorder recorder;
  private final Branches branches;
  private final RaceChecks races;
  private final Progress progress;
  private final Scout scout;

  /** Whether the outcome of a step may be told from what it did in another state. */
  private final boolean foresees;

  /** When this worker runs random executions again. */
  private long nextScouting = FIRST_SCOUTING;

  /** The number of choices that this execution begins with. */
  private int repeat;

  /** Of how many of them nobody wants to know what they do. */
  private int known;

  /** The number of choices that this execution has taken, those before it began included. */
  private int depth;

  /** Whether the current step has given a warning. */
  private boolean warned;

  /** Whether the current execution is one of the search. */
  private boolean searching;

  private long steps;
  private long executed;

  Worker(Search search, Instance instance, Progress progress) {
    this.search = search;
    this.progress = progress;
    this.instance = instance;
    this.path = new Path(search.labels());
    this.recorder = new Recorder(search, path);
    this.branches = new Branches(search.labels());
    if (search.locks() != null) {
      instance.engine().learnLocks(search.locks().table(), null);
    }
    this.races = new RaceChecks(instance);
    this.scout = new Scout(instance, search.sharing(), search.limits(), search.number());
    // Where memory is used again, an allocation changes more than what it is seen to use.
    foresees = search.foresees() && !instance.engine().reusesMemory();
    instance.engine().onWarning(this::warned);
  }

  /** The steps of all executions, those gone back over and those of random ones included. */
  long steps() {
    return steps + races.steps() + scout.steps();
  }

  /** What it has executed with. */
  ControlledEngine engine() {
    return instance.engine();
  }

  /** The distinct transitions that were found. */
  long transitions() {
    return recorder.transitions();
  }

  void explore(Task task) {
    path.begin(task);
    boolean more = true;
    while (more && search.mayExecute()) {
      execute();
      donate();
      races.check(recorder::race);
      more = backtrack();
      // Steps that are passed over can be suspect too.
      races.check(recorder::race);
      executed++;
      if (search.keepsGraph() && executed == nextScouting) {
        // What is not known yet costs less the sooner it is.
        scout.scout((int) (executed / SCOUTING_SHARE), PATIENCE);
        nextScouting *= 2;
      }
      if (executed % 64 == 0) {
        progress.at(search.states(), search.limits().executions(), search.findings().size());
      }
    }
  }

  private void execute() {
    repeat = path.length();
    depth = 0;
    searching = true;
    known = path.repeated();
    KernelBug bug = instance.execute(this, path.choices(), known);
    searching = false;
    steps += depth;
    Frame top = path.top();
    if (bug != null && top != null && !top.probe) {
      stepTaken(top, path.size() - 1, instance.engine().footprint());
      recorder.transition(top, StateGraph.BUG);
      recorder.locks(instance.engine(), top);
      Key key = Places.of(bug, instance.engine());
      search.findings().addCycle(key, () -> Places.lockCycle(bug, instance.engine()));
      recorder.foundInStep(key, top);
    }
  }

  @Override
  public @Nullable ControlledContext choose(
      ControlledEngine engine, @Nullable ControlledContext last) {
    depth = engine.depth();
    if (depth < repeat) {
      return again(engine);
    }
    Frame top = path.top();
    if (top != null && top.probe) {
      return null;
    }
    if (top != null || path.isWhole()) {
      recorder.locks(engine, top);
    }
    int used = top == null ? 0 : top.preemptionsAfter();
    ControlledContext choosing = engine.choosing();
    // Nobody else goes first at a choice: what was used before it is compared behind it.
    long extra = history(last, used) + (choosing == null ? 0 : Mix.mix(engine.tail()));
    int state = search.arrive(engine, extra);
    if (top != null) {
      recorder.transition(top, state < 0 ? ~state : state);
      Footprint footprint = engine.footprint();
      stepTaken(top, path.size() - 1, footprint);
      learn(engine, top, footprint);
    }
    boolean anew = choosing == null && search.leavesAnew(engine, extra);
    Frame frame =
        state >= 0
            ? open(engine, last, state, used)
            : anew ? branches.of(engine, last, ~state) : null;
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
    if (!passKnown(frame, path.size())) {
      return null;
    }
    path.push(frame);
    repeat = 0;
    warned = false;
    return Choice.take(engine, path.choice(depth++));
  }

  /** The next choice of the path, once more. */
  private @Nullable ControlledContext again(ControlledEngine engine) {
    ControlledContext next = Choice.take(engine, path.choice(depth++));
    engine.repeat(depth <= known);
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
      recorder.transition(frame, to);
      recorder.locks(step, frame);
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
        byte[] to = path.before(at);
        races.suspect(to, frame, i, frame.at, frame.done[i].conflict(mine));
        races.suspect(to, frame, frame.at, i, mine.conflict(frame.done[i]));
      }
    }
  }

  /** The frame of a new state; null where the execution ends in it. */
  private @Nullable Frame open(
      ControlledEngine engine, @Nullable ControlledContext last, int state, int used) {
    Frame frame = branches.of(engine, last, state);
    if (frame == null) {
      end(engine, state, used);
      return null;
    }
    if (last != null && depth >= Explorer.MAX_STEPS) {
      recorder.foundInState(Places.livelock(last), state, used);
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

  private void end(ControlledEngine engine, int state, int used) {
    if (!engine.contexts().stream().allMatch(ControlledContext::isFinished)) {
      Key key = Places.deadlock(engine);
      search.findings().addCycle(key, () -> Places.lockCycle(engine));
      recorder.foundInState(key, state, used);
      search.findings().terminal(null);
      return;
    }
    AtRest rest = instance.world().atRest();
    search.findings().terminal(rest.state());
    for (Violation violation : rest.violations()) {
      recorder.foundInState(new Key(violation.kind(), violation.sentence()), state, used);
    }
  }

  private boolean backtrack() {
    for (Frame top = path.top(); top != null; top = path.top()) {
      if (top.hasMore()) {
        top.at++;
        if (passKnown(top, path.size() - 1)) {
          path.turn(top);
          return true;
        }
      }
      path.pop();
    }
    return false;
  }

  /** Gives the earliest untried choices away where another worker has nothing to do. */
  private void donate() {
    if (!search.keepsGraph() || !search.pool().isHungry()) {
      return;
    }
    for (int i = 0; i < path.size(); i++) {
      Frame frame = path.frame(i);
      if (frame.hasMore()) {
        search.pool().give(new Task(path.before(i), frame.split()));
        return;
      }
    }
  }

  private void warned(@Nullable Struct object, String sentence) {
    warned = true;
    Frame top = path.top();
    if (top != null && !top.probe && depth >= repeat && searching) {
      recorder.foundInStep(Places.warning(object, sentence, instance.engine()), top);
    }
  }
}
