package dev.mmexit.reproduce.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of one task of a report. */
final class ThreadBuilder {
  /** No call trace is longer; what claims to be is cut. */
  private static final int MOST_FRAMES = 128;

  private final Role role;
  private final List<Frame> frames = new ArrayList<>();
  private final List<String> holds = new ArrayList<>();

  /** For each lock of {@link #holds} the function that takes it. */
  private final List<String> takers = new ArrayList<>();

  private String task;
  private @Nullable String waitsFor;

  ThreadBuilder(Role role, String task) {
    this.role = role;
    this.task = task;
  }

  String task() {
    return task;
  }

  Role role() {
    return role;
  }

  /** Names the task, where that has not been done. */
  void name(String name) {
    if (task.isEmpty()) {
      task = name;
    }
  }

  void add(Frame frame) {
    boolean again = frames.size() == 1 && frames.get(0).equals(frame);
    if (frames.size() < MOST_FRAMES && !again) {
      frames.add(frame);
    }
  }

  List<Frame> frames() {
    return frames;
  }

  void waitsFor(String lock) {
    waitsFor = lock;
  }

  /** Adds a lock that it holds, or has begun to take, which lockdep does not tell apart. */
  void holds(String lock, String taker) {
    holds.add(lock);
    takers.add(taker);
  }

  void forgetLocks() {
    holds.clear();
    takers.clear();
  }

  ReportedThread build() {
    List<String> held = new ArrayList<>(holds);
    String awaited = waitsFor;
    int last = held.size() - 1;
    if (role == Role.BLOCKED && last >= 0 && takesNow(takers.get(last))) {
      awaited = held.remove(last);
    }
    return new ReportedThread(task, role, frames, awaited, held);
  }

  /** Whether {@code taker} is what stands at a lock: the function that called the lock's code. */
  private boolean takesNow(String taker) {
    for (Frame frame : frames) {
      if (frame.reliable() && !Waits.isPartOfWait(frame.function())) {
        return frame.function().equals(taker) && Waits.of(frames).isLock();
      }
    }
    return false;
  }
}
