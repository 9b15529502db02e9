package dev.mmexit.explorer.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A vector clock: how far each context of an execution is known to have come. */
final class Clock implements Undo.Target {
  private final Undo undo;
  private int[] times = new int[8];

  /**
   * A clock at which nobody has done anything.
   *
   * @param undo takes changes back
   */
  Clock(Undo undo) {
    this.undo = undo;
  }

  int get(int context) {
    return context < times.length ? times[context] : 0;
  }

  void tick(int context) {
    reserve(context + 1);
    put(context, times[context] + 1);
  }

  /** Learns all that {@code other} knows. */
  void join(@Nullable Clock other) {
    if (other != null) {
      reserve(other.times.length);
      for (int i = 0; i < other.times.length; i++) {
        if (other.times[i] > times[i]) {
          put(i, other.times[i]);
        }
      }
    }
  }

  /** Notes that {@code context} had come as far as {@code time}. */
  void set(int context, int time) {
    reserve(context + 1);
    put(context, time);
  }

  private void put(int context, int time) {
    undo.add(this, context, times[context]);
    times[context] = time;
  }

  @Override
  public void undo(int context, int time) {
    times[context] = time;
  }

  /** Whether all of this is known to {@code other}. */
  boolean isBefore(Clock other) {
    for (int i = 0; i < times.length; i++) {
      if (times[i] > other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private void reserve(int size) {
    if (size > times.length) {
      times = Arrays.copyOf(times, Math.max(size, times.length * 2));
    }
  }
}
