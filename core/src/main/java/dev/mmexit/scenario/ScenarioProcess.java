package dev.mmexit.scenario;

import dev.mmexit.kernel.Canonical;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;
import org.jspecify.annotations.Nullable;

/**
 * A process of a scenario. It has one thread, so what two columns of a scenario have it do happens
 * one after the other.
 */
final class ScenarioProcess extends Struct {
  private final Mutex running;
  private final boolean shared;
  private final int pid;
  private final int number;

  /** Whether it has another address space, or one at all, only after something in the scenario. */
  private final boolean changes;

  private final Ref<Task> task = ref("task");
  private final Ref<Remembered> mm = ref("mm");

  /** Closed until it is known whether there is such a process; null for one that there is. */
  private final @Nullable Gate made;

  /**
   * A process.
   *
   * @param name its name and that of its task
   * @param number its place in the scenario, from 0
   * @param shared whether several threads have it do something
   * @param changes whether an {@code exec} of it is in the scenario
   * @param task null for one that a {@code fork} or {@code clone} makes
   */
  ScenarioProcess(
      Engine engine,
      String name,
      int pid,
      int number,
      boolean shared,
      boolean changes,
      @Nullable Task task) {
    super(engine, "process", "process", Storage.STATIC);
    nameIt(name);
    this.pid = pid;
    this.number = number;
    this.shared = shared;
    this.changes = changes || task == null;
    running = oneAtATime("thread of " + name);
    if (task == null) {
      made = new Gate(this, "made", "the fork or clone of " + name);
    } else {
      made = null;
      this.task.set(task);
      remember(task.mm.now());
    }
  }

  /** Its task; null where nothing has made it. */
  @Nullable Task task() {
    // Set before any race, or before the gate opened.
    return task.now();
  }

  int pid() {
    return pid;
  }

  /** The address space that it has, or had when it exited; null where it never was. */
  @Nullable MmStruct mm() {
    Remembered last = mm.now();
    return last == null ? null : last.mm;
  }

  /** {@link #mm} as of this moment, while others run, as part of an action of the hardware. */
  @Nullable MmStruct mmSeenByDevice() {
    if (!changes) {
      return mm();
    }
    Task seen = task.seenByDevice();
    MmStruct current = seen == null ? null : seen.mm.seenByDevice();
    Remembered last = mm.seenByDevice();
    return current != null || last == null ? current : last.mm;
  }

  /** Its place in the scenario, from 0. */
  int number() {
    return number;
  }

  /** Whether it is there and has not exited. */
  boolean isRunning() {
    Task its = task();
    return its != null && !its.exitState.now();
  }

  /** Whether it was there and has exited. */
  boolean hasExited() {
    Task its = task();
    return its != null && its.exitState.now();
  }

  /** Waits until it is known whether it exists, and until it does nothing else. */
  void begin() {
    if (made != null) {
      made.pass();
    }
    if (shared) {
      running.lock();
    }
  }

  void end() {
    if (shared) {
      running.unlock();
    }
  }

  /** A fork or clone of it has ended: with a task, or with none. */
  void made(@Nullable Task its) {
    if (its != null) {
      task.set(its);
      remember(its.mm.now());
    }
    if (made != null) {
      made.open();
    }
  }

  /** It has another address space now. */
  void changedMm(Task its) {
    remember(its.mm.now());
  }

  private void remember(@Nullable MmStruct its) {
    mm.set(its == null ? null : new Remembered(its));
  }

  /** An address space that is known, and not kept by that. */
  private static final class Remembered implements Canonical {
    final MmStruct mm;

    Remembered(MmStruct mm) {
      this.mm = mm;
    }

    @Override
    public long canonicalHash() {
      return mm.canonicalHash();
    }
  }
}
