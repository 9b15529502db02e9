package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.LockTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a worker comes across: in the graph of states where one is kept, so that the
 * shortest schedules can be read off it in the end; else with the schedule of the moment.
 */
final class Recorder {
  private final Search search;
  private final Path path;
  private final StateGraph.@Nullable Part graph;
  private final LockUses.@Nullable Part locks;
  private long transitions;

  Recorder(Search search, Path path) {
    this.search = search;
    this.path = path;
    this.graph = search.keepsGraph() ? search.graph().newPart() : null;
    this.locks = search.locks() != null && search.keepsGraph() ? search.locks().newPart() : null;
  }

  /** The distinct transitions so far. */
  long transitions() {
    return transitions;
  }

  /** The current choice of {@code from} leads to the state {@code to}. */
  void transition(Frame from, int to) {
    transitions++;
    if (graph != null) {
      graph.add(from.state, from.labels[from.at], to);
    }
  }

  /** Notes what the step that has just ended takes while it holds what. */
  void locks(ControlledEngine engine, @Nullable Frame from) {
    int taken = engine.lockStep();
    if (taken == LockTable.NOTHING) {
      return;
    }
    if (locks == null) {
      search.lockSchedules().computeIfAbsent(taken, unknown -> path.scheduleTo(path.size(), 0));
    } else if (from == null) {
      locks.addStart(taken);
    } else {
      locks.add(from.state, from.labels[from.at], taken);
    }
  }

  /** The same of the current choice of {@code from}, which is not executed: {@code step} tells. */
  void locks(Step step, Frame from) {
    if (locks != null) {
      // What a context holds nobody else changes: it takes what it took before, holding the same.
      locks.add(from.state, from.labels[from.at], step.locks());
    }
  }

  /** Something was found in the step that the current choice of {@code top} takes. */
  void foundInStep(Key key, Frame top) {
    if (graph == null) {
      search.findings().add(key, path.scheduleTo(path.size(), top.preemptionsAfter()));
    } else {
      search
          .findings()
          .add(key, new Findings.Occurrence(top.state, top.labels[top.at], Findings.NO_STEP));
    }
  }

  /** Something was found in a state. */
  void foundInState(Key key, int state, int preemptions) {
    if (graph == null) {
      search.findings().add(key, path.scheduleTo(path.size(), preemptions));
    } else {
      search
          .findings()
          .add(key, new Findings.Occurrence(state, Findings.NO_STEP, Findings.NO_STEP));
    }
  }

  /** Two steps race that are both possible in the state of {@code frame}. */
  void race(Key key, Frame frame, int first, int second) {
    int one = frame.labels[first];
    int other = frame.labels[second];
    if (graph == null) {
      Schedule before = path.scheduleTo(path.indexOf(frame), 0);
      List<String> names = new ArrayList<>(before.labels());
      names.add(search.labels().name(one));
      names.add(search.labels().name(other));
      search.findings().add(key, new Schedule(frame.preemptionsAfter(), names));
    } else {
      search.findings().add(key, new Findings.Occurrence(frame.state, one, other));
    }
  }
}
