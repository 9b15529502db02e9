package dev.mmexit.jpf;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Runs a driver without Java PathFinder: one thread at a time, and another one now and then. How
 * often depends on the seed: some things show in long ways of one thread, others in short ones.
 */
final class RandomWalk implements Scheduler {
  private final Random random;
  private final int stay;
  private final List<Thread> ready = new ArrayList<>();
  private final Map<Thread, Cell> waiting = new LinkedHashMap<>();
  private final Map<String, String> findings = new LinkedHashMap<>();
  private Thread running;
  private boolean over;
  private String finalState = "";

  /** Unwinds the threads of an execution that is over. */
  static final class Over extends Error {
    private static final long serialVersionUID = 1L;
  }

  RandomWalk(long seed) {
    random = new Random(seed);
    stay = 1 << (seed % 5);
  }

  /** A sentence for each kind that was found. */
  Map<String, String> findings() {
    return findings;
  }

  String finalState() {
    return finalState;
  }

  @Override
  public synchronized void start(Thread thread) {
    ready.add(thread);
    // It is not to be told of how the execution is ended.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
  }

  @Override
  public synchronized void begin() {
    awaitTurn();
  }

  @Override
  public void join(List<? extends Thread> threads) {
    synchronized (this) {
      next();
    }
    try {
      for (int i = 0; i < threads.size(); i++) {
        threads.get(i).join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (over) {
      throw new Over();
    }
  }

  @Override
  public synchronized void end() {
    ready.remove(Thread.currentThread());
    next();
  }

  @Override
  public boolean isContended(long place, Context context, Access access) {
    return true;
  }

  @Override
  public synchronized void point() {
    next();
    awaitTurn();
  }

  @Override
  public synchronized void await(Cell cell, BooleanSupplier blocked) {
    while (!over && blocked.getAsBoolean()) {
      ready.remove(Thread.currentThread());
      waiting.put(Thread.currentThread(), cell);
      next();
      awaitTurn();
    }
  }

  @Override
  public synchronized void wake(Cell cell) {
    List<Thread> woken =
        waiting.keySet().stream().filter(thread -> waiting.get(thread) == cell).toList();
    for (Thread thread : woken) {
      waiting.remove(thread);
      ready.add(thread);
    }
  }

  private void next() {
    if (ready.contains(running) && random.nextInt(stay) != 0) {
      return;
    }
    if (!ready.isEmpty()) {
      running = ready.get(random.nextInt(ready.size()));
    } else if (!over && !waiting.isEmpty()) {
      findings.put("deadlock", waiting.values().stream().map(Cell::describe).toList().toString());
      over = true;
    }
    notifyAll();
  }

  private void awaitTurn() {
    try {
      while (!over && running != Thread.currentThread()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (over) {
      throw new Over();
    }
  }

  @Override
  public boolean choose() {
    return random.nextBoolean();
  }

  @Override
  public void found(String kind, String sentence) {
    findings.putIfAbsent(kind, sentence);
  }

  @Override
  public void ended(String state, boolean satisfies) {
    finalState = state;
  }

  @Override
  public synchronized void leave() {
    over = true;
    notifyAll();
    throw new Over();
  }
}
