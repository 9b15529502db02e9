package dev.mmexit.explorer.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What is kept of an execution for the next one. Most steps repeat the beginning of the one before,
 * as a coroutine cannot be copied. Whatever depends on these steps alone need not be worked out
 * again: where the scheduling points are, what is ordered before what, the hash of memory, what
 * contexts have observed, and the numbers that stand for addresses. So it takes little more than
 * the modelled code to bring memory and contexts to where they were. What is kept stays right as
 * long as {@link Sharing} does not change; when it does, the search ends.
 */
final class Trail {
  private static final int FIRST_SIZE = 256;

  /** No call has this number. */
  private static final int NONE = 0;

  private final Memory memory;
  private final Undo undo = new Undo();

  /** The clock of each context, and the uses of each object that was allocated, in order. */
  private final List<Clock> clocks = new ArrayList<>();

  private final List<StructUse> objects = new ArrayList<>();
  private int object;

  /** The numbers that stand for addresses and the like, in order. */
  private long[] keys = new long[FIRST_SIZE];

  private int key;

  /** What each context had observed, and before which choice. */
  private final List<Deque<Seen>> seen = new ArrayList<>();

  private record Seen(int step, Observations.Kept observed) {}

  /** The calls that can be scheduling points, and those of them that were. */
  private int call;

  private int[] points = new int[FIRST_SIZE];
  private Interference[] others = new Interference[FIRST_SIZE];
  private boolean[] flags = new boolean[FIRST_SIZE];
  private int point;

  /** Whether the last call that was made again was one. */
  private boolean wasPoint;

  /** The choices, and how far everything was before each; one more than the choices. */
  private byte[] choices = new byte[FIRST_SIZE];

  private Mark[] marks = new Mark[0];
  private int step;

  /** Before how many choices it is known how far everything was. */
  private int marked;

  /** How many steps of this execution are those of the one before. */
  private int kept;

  private boolean followed;

  /** How far an execution had come before a choice. */
  private static final class Mark {
    long hash0;
    long hash1;
    int call;
    int point;
    int object;
    int key;
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

  /**
   * An execution begins; memory is as it was before the first one.
   *
   * @param plan the choices with which it begins, and maybe more
   * @param length how many of them there are of which nobody asks what they do
   * @return whether it begins as the one before did
   */
  boolean begin(byte[] plan, int length) {
    int most = Math.min(length, marked - 1);
    kept = 0;
    while (kept < most && plan[kept] == choices[kept]) {
      kept++;
    }
    followed = kept > 0;
    marked = followed ? kept + 1 : 0;
    if (followed) {
      Mark mark = marks[kept];
      undo.back(mark.undo);
      points[mark.point] = NONE;
      memory.stopHashing();
      objects.subList(mark.object, objects.size()).clear();
      for (Deque<Seen> each : seen) {
        while (!each.isEmpty() && each.getLast().step > kept) {
          each.removeLast();
        }
      }
    } else {
      undo.forget();
      objects.clear();
      seen.forEach(Deque::clear);
    }
    call = 0;
    point = 0;
    object = 0;
    key = 0;
    step = 0;
    return followed;
  }

  /** Whether the current step is one of the execution before: what is kept of it is right. */
  boolean isFollowed() {
    return followed;
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
    if (followed) {
      if (step == kept) {
        check(mark.call == call && mark.point == point);
        check(mark.object == object && mark.key == key);
        followed = false;
        memory.hashOnFrom(mark.hash0, mark.hash1);
        for (int i = 0; i < contexts.size(); i++) {
          contexts.get(i).observations().goOn(seen.get(i).getLast().observed);
          contexts.get(i).stayed();
        }
      }
      return;
    }
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.hasMoved()) {
        seen.get(i).addLast(new Seen(step, context.observations().keep()));
        context.stayed();
      }
    }
    mark.call = call;
    mark.point = point;
    mark.object = object;
    mark.key = key;
    mark.undo = undo.size();
    mark.hash0 = memory.hash0();
    mark.hash1 = memory.hash1();
    marked = step + 1;
  }

  /** A choice was made. */
  void chosen(byte choice) {
    check(!followed || choices[step] == choice);
    choices[step++] = choice;
  }

  private static void check(boolean repeats) {
    if (!repeats) {
      throw new IllegalStateException("an execution does not repeat the one before");
    }
  }

  /** Counts a call that can be a scheduling point; whether it was one when it was made before. */
  boolean callAgain() {
    call++;
    wasPoint = points[point] == call;
    if (wasPoint) {
      point++;
    }
    return wasPoint;
  }

  /** What others could do at the call that was made again; nothing of note where it is no point. */
  Interference othersAgain() {
    return wasPoint ? others[point - 1] : Interference.NONE;
  }

  /** What else was noted of the call that was made again. */
  boolean flagAgain() {
    return wasPoint && flags[point - 1];
  }

  /**
   * Counts a call that can be a scheduling point.
   *
   * @param isPoint whether it is one
   * @param found what others can do there
   * @param flag something else about it
   * @return whether it is one
   */
  boolean call(boolean isPoint, Interference found, boolean flag) {
    call++;
    if (isPoint) {
      // Behind the last there is room for none.
      if (point + 1 == points.length) {
        points = Arrays.copyOf(points, points.length * 2);
        others = Arrays.copyOf(others, points.length);
        flags = Arrays.copyOf(flags, points.length);
      }
      points[point] = call;
      others[point] = found;
      flags[point++] = flag;
    }
    return isPoint;
  }

  /** The clock of a context that starts, by its place in the order of creation. */
  Clock clock(int context) {
    if (followed) {
      return clocks.get(context);
    }
    Clock clock = new Clock(undo);
    if (context < clocks.size()) {
      clocks.set(context, clock);
    } else {
      clocks.add(clock);
      seen.add(new ArrayDeque<>());
    }
    return clock;
  }

  /** A number that stood for something when the execution came this way before. */
  long keyAgain() {
    return keys[key++];
  }

  /** Keeps a number that stands for something. */
  long key(long number) {
    if (key == keys.length) {
      keys = Arrays.copyOf(keys, key * 2);
    }
    keys[key++] = number;
    return number;
  }

  /** What is kept with an object that is allocated again. */
  StructUse objectAgain() {
    return objects.get(object++);
  }

  /** Keeps something with an object that is allocated. */
  StructUse object(StructUse use) {
    objects.add(use);
    object++;
    return use;
  }
}
