package dev.mmexit.explorer.search;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The states that have been seen, as fingerprints of 128 bits, each with the number that it was
 * given when it was new. Open addressing in shards of their own lock; 20 bytes a slot, and at most
 * 30 a state once a shard has grown.
 */
final class VisitedStates {
  private static final int SHARDS = 64;
  private static final int FIRST_CAPACITY = 64;

  /**
   * A shard grows by a quarter when it is this full, so that it is never less than two thirds so.
   */
  private static final double FULL = 0.85;

  private final Shard[] shards = new Shard[SHARDS];
  private final AtomicInteger count = new AtomicInteger();

  VisitedStates() {
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard();
    }
  }

  /** The number of states. */
  int size() {
    return count.get();
  }

  /** The bytes that the table takes. */
  long bytes() {
    long slots = 0;
    for (Shard shard : shards) {
      slots += shard.numbers.length;
    }
    return slots * 20;
  }

  /**
   * Adds a state.
   *
   * @return its number where it is new; the bitwise complement of its number where it was seen
   */
  int add(long high, long low) {
    // All zeros marks a free slot.
    long second = low == 0 ? 1 : low;
    return shards[(int) (high >>> 58)].add(high, second);
  }

  /** The number of a state; -1 where it has not been seen. */
  int find(long high, long low) {
    long second = low == 0 ? 1 : low;
    return shards[(int) (high >>> 58)].find(high, second);
  }

  /** A part of the table. */
  private final class Shard {
    private final ReentrantLock lock = new ReentrantLock();
    private long[] prints = new long[FIRST_CAPACITY * 2];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int used;

    int add(long high, long low) {
      lock.lock();
      try {
        int slot = VisitedStates.find(prints, numbers.length, high, low);
        if (prints[2 * slot + 1] != 0) {
          return ~numbers[slot];
        }
        if (used + 1 > numbers.length * FULL) {
          grow();
          slot = VisitedStates.find(prints, numbers.length, high, low);
        }
        int number = count.getAndIncrement();
        prints[2 * slot] = high;
        prints[2 * slot + 1] = low;
        numbers[slot] = number;
        used++;
        return number;
      } finally {
        lock.unlock();
      }
    }

    int find(long high, long low) {
      lock.lock();
      try {
        int slot = VisitedStates.find(prints, numbers.length, high, low);
        return prints[2 * slot + 1] == 0 ? -1 : numbers[slot];
      } finally {
        lock.unlock();
      }
    }

    private void grow() {
      int capacity = numbers.length + numbers.length / 4 + 1;
      long[] newPrints = new long[capacity * 2];
      int[] newNumbers = new int[capacity];
      for (int i = 0; i < numbers.length; i++) {
        if (prints[2 * i + 1] != 0) {
          int slot = VisitedStates.find(newPrints, capacity, prints[2 * i], prints[2 * i + 1]);
          newPrints[2 * slot] = prints[2 * i];
          newPrints[2 * slot + 1] = prints[2 * i + 1];
          newNumbers[slot] = numbers[i];
        }
      }
      prints = newPrints;
      numbers = newNumbers;
    }
  }

  /** The slot of a print, or the free one where it belongs. */
  private static int find(long[] prints, int capacity, long high, long low) {
    // The upper half of a print, as a fraction of the table: a division would cost more.
    int slot = (int) (((low >>> 32) * capacity) >>> 32);
    while (prints[2 * slot + 1] != 0 && (prints[2 * slot] != high || prints[2 * slot + 1] != low)) {
      slot = slot + 1 == capacity ? 0 : slot + 1;
    }
    return slot;
  }
}
