package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.mm.Task;

/**
 * A process of a scenario. It has one thread, so what two columns of a scenario have it do happens
 * one after the other.
 */
final class ScenarioProcess extends Struct {
  private final Mutex running;
  private final boolean shared;
  private final Task task;
  private final MmStruct mm;
  private final int number;

  ScenarioProcess(Engine engine, Task task, MmStruct mm, int number, boolean shared) {
    super(engine, "process", "process", Storage.STATIC);
    nameIt(task.name());
    this.task = task;
    this.mm = mm;
    this.number = number;
    this.shared = shared;
    running = mutex("thread of " + task.name());
  }

  Task task() {
    return task;
  }

  /** The address space that it has, or had when it exited. */
  MmStruct mm() {
    return mm;
  }

  /** Its place in the scenario, from 0. */
  int number() {
    return number;
  }

  boolean hasExited() {
    return task.exitState.now();
  }

  void begin() {
    if (shared) {
      running.lock();
    }
  }

  void end() {
    if (shared) {
      running.unlock();
    }
  }
}
