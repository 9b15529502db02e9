package dev.mmexit.explorer.engine;

import java.util.Arrays;

/** Numbers that were changed, in order, so that they can be set back. */
final class Undo {
  private static final int FIRST_SIZE = 1024;

  private Target[] targets = new Target[FIRST_SIZE];
  private int[] places = new int[FIRST_SIZE];
  private int[] numbers = new int[FIRST_SIZE];
  private int size;

  /** Something that has numbers. */
  interface Target {
    /** Sets the number at {@code place} back to what it was. */
    void undo(int place, int number);
  }

  /** Notes that the number at {@code place} is about to be changed. */
  void add(Target target, int place, int number) {
    if (size == targets.length) {
      targets = Arrays.copyOf(targets, size * 2);
      places = Arrays.copyOf(places, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    targets[size] = target;
    places[size] = place;
    numbers[size++] = number;
  }

  /** How many changes there are to take back. */
  int size() {
    return size;
  }

  /** Takes back, the latest first, all but the first {@code left} changes. */
  void back(int left) {
    while (size > left) {
      size--;
      targets[size].undo(places[size], numbers[size]);
    }
  }

  /** Keeps everything as it is now: nothing is left to be taken back. */
  void forget() {
    size = 0;
  }
}
