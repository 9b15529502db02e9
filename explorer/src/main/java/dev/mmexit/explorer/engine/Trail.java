package dev.mmexit.explorer.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What is kept of an execution for the next one, which most often begins as it did. Memory is taken
 * back to where they part, and so is all that is known of the steps up to there; contexts that have
 * gone on since are brought there once more where they go on at all, see {@link Past}. What is kept
 * stays right as long as {@link Sharing} does not change; when it does, the search ends.
 */
final class Trail {
  private static final int FIRST_SIZE = 256;

  private final Memory memory;
  private final Undo undo = new Undo();

  /** Where each context stood, and before which choice. */
  private final List<Deque<Standing>> standings = new ArrayList<>();

  /** The choices, and how far everything was before each; one more than the choices. */
  private byte[] choices = new byte[FIRST_SIZE];

  private Mark[] marks = new Mark[0];
  private int step;

  /** The number of choices that were made in all executions. */
  private long carriedOut;

  /** Before how many choices it is known how far everything was. */
  private int marked;

  /** How far an execution had come before a choice. */
  private static final class Mark {
    int contexts;
    int undo;
  }

  /** A trail of executions that use {@code memory}. */
  Trail(Memory memory) {
    this.memory = memory;
  }

  /** What takes changes back that depend on the steps so far. */
  Undo undo() {
    return undo;
  }

  /** The number of choices so far. */
  int step() {
    return step;
  }

  /** How many steps were carried out in all executions. */
  long carriedOut() {
    return carriedOut;
  }

  /**
   * An execution begins anew. Memory has to be as it was before the first one, and there are no
   * contexts.
   */
  void begin() {
    undo.forget();
    for (Deque<Standing> each : standings) {
      each.clear();
    }
    step = 0;
    marked = 0;
  }

  /**
   * How many choices the next execution has in common with the last one, up to a state that can be
   * gone back to.
   *
   * @param plan the choices with which it begins, and maybe more
   * @param length how many of them there are of which nobody asks what they do
   * @param contexts those that there are
   */
  int common(byte[] plan, int length, List<ControlledContext> contexts) {
    int most = Math.min(length, marked - 1);
    int common = 0;
    while (common < most && plan[common] == choices[common]) {
      common++;
    }
    return common > 0 && canGoBack(common, contexts) ? common : 0;
  }

  /** Who stood in the middle of making an object cannot be brought there: half of it is known. */
  private boolean canGoBack(int to, List<ControlledContext> contexts) {
    for (int i = 0; i < marks[to].contexts; i++) {
      Standing standing = at(to, standings.get(i));
      if (standing.creating() && (contexts.get(i).hasMoved() || isAfter(to, i))) {
        return false;
      }
    }
    return true;
  }

  private static Standing at(int to, Deque<Standing> standings) {
    Standing last = standings.getLast();
    if (last.step() > to) {
      for (Standing each : standings) {
        if (each.step() > to) {
          break;
        }
        last = each;
      }
    }
    return last;
  }

  private boolean isAfter(int to, int context) {
    return standings.get(context).getLast().step() > to;
  }

  /**
   * Takes memory, and what is known, back to where they were before a choice.
   *
   * @param to the number of choices before it
   * @param contexts those that there are; those that there were are left
   */
  void back(int to, List<ControlledContext> contexts) {
    Mark mark = marks[to];
    undo.back(mark.undo);
    memory.back(to);
    for (int i = contexts.size() - 1; i >= mark.contexts; i--) {
      contexts.remove(i).end();
      standings.get(i).clear();
    }
    for (int i = 0; i < mark.contexts; i++) {
      Deque<Standing> its = standings.get(i);
      boolean moved = contexts.get(i).hasMoved();
      while (its.getLast().step() > to) {
        its.removeLast();
        moved = true;
      }
      if (moved) {
        contexts.get(i).back(its.getLast());
      }
    }
    step = to;
    marked = to + 1;
  }

  /** The context that took the last step, by its place in the order of creation. */
  int last() {
    return Choice.index(choices[step - 1]);
  }

  /**
   * Before a choice.
   *
   * @param contexts those that there are
   */
  void mark(List<ControlledContext> contexts) {
    if (step == marks.length) {
      marks = Arrays.copyOf(marks, Math.max(FIRST_SIZE, step * 2));
      choices = Arrays.copyOf(choices, marks.length);
    }
    Mark mark = marks[step];
    if (mark == null) {
      mark = new Mark();
      marks[step] = mark;
    }
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.hasMoved()) {
        if (i == standings.size()) {
          standings.add(new ArrayDeque<>());
        }
        standings.get(i).addLast(context.standing(step));
      }
    }
    mark.contexts = contexts.size();
    mark.undo = undo.size();
    memory.mark(step);
    marked = step + 1;
  }

  /** A choice was made. */
  void chosen(byte choice) {
    carriedOut++;
    choices[step++] = choice;
  }
}
