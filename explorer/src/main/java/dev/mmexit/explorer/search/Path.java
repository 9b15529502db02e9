package dev.mmexit.explorer.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states that the current execution of a worker leads through, and the choices taken. */
final class Path {
  private static final int FIRST_SIZE = 256;

  private final Labels labels;
  private final List<Frame> frames = new ArrayList<>();
  private byte[] choices = new byte[FIRST_SIZE];

  /** The number of choices before the first frame. */
  private int base;

  Path(Labels labels) {
    this.labels = labels;
  }

  /** Begins where a task does. */
  void begin(Task task) {
    frames.clear();
    base = task.path().length;
    choices = Arrays.copyOf(task.path(), Math.max(choices.length, base + 1));
    if (task.frame().state >= 0) {
      push(task.frame());
    }
  }

  /** Whether it begins where executions do. */
  boolean isWhole() {
    return base == 0;
  }

  /** The number of choices. */
  int length() {
    return base + frames.size();
  }

  byte choice(int at) {
    return choices[at];
  }

  /** The choices, and maybe more. */
  byte[] choices() {
    return choices;
  }

  /**
   * How many choices there are before the last of which nobody wants to know what they do. What was
   * used before a call that fails or not is compared with what is used after it, so that it has to
   * be known again when the other way is taken.
   */
  int repeated() {
    int at = frames.size() - 1;
    while (at >= 0 && frames.get(at).isOfChoice()) {
      at--;
    }
    return at < 0 ? 0 : base + at;
  }

  /** The number of frames. */
  int size() {
    return frames.size();
  }

  Frame frame(int at) {
    return frames.get(at);
  }

  int indexOf(Frame frame) {
    return frames.indexOf(frame);
  }

  /** The last frame; null where there is none. */
  @Nullable Frame top() {
    return frames.isEmpty() ? null : frames.get(frames.size() - 1);
  }

  void push(Frame frame) {
    int at = length();
    if (at == choices.length) {
      choices = Arrays.copyOf(choices, at * 2);
    }
    choices[at] = frame.choices[frame.at];
    frames.add(frame);
  }

  void pop() {
    frames.remove(frames.size() - 1);
  }

  /** The last frame takes another choice. */
  void turn(Frame top) {
    choices[length() - 1] = top.choices[top.at];
  }

  /** The choices before the frame with this number. */
  byte[] before(int at) {
    return Arrays.copyOf(choices, base + at);
  }

  /** The steps of the first frames: where nothing is kept a path is whole. */
  Schedule scheduleTo(int count, int preemptions) {
    List<String> names = new ArrayList<>(count);
    for (Frame frame : frames.subList(0, count)) {
      names.add(labels.name(frame.labels[frame.at]));
    }
    return new Schedule(preemptions, names);
  }
}
