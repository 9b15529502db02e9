package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the tests of this package have in common. */
public final class Worlds {
  private Worlds() {}

  /** Returns once a context of each of these names waits. */
  public static void untilBlocked(ThreadEngine engine, String... names) {
    for (String name : names) {
      while (engine.contexts().stream()
          .noneMatch(context -> context.name().equals(name) && context.waiting() != null)) {
        check(engine);
      }
    }
  }

  /** Returns once no context of this name is left. */
  public static void untilEnded(ThreadEngine engine, String name) {
    while (engine.contexts().stream().anyMatch(context -> context.name().equals(name))) {
      check(engine);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // only to be quick where there are few cores
  private static void check(ThreadEngine engine) {
    if (Thread.interrupted() || engine.result().bug() != null) {
      throw new IllegalStateException("the world has ended early");
    }
    Thread.yield();
  }

  /** Waits for the others that meet here. */
  public static void meet(CountDownLatch latch) {
    latch.countDown();
    await(latch);
  }

  /** Waits until the latch is open. */
  public static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bug that {@code code} runs into. */
  public static KernelBug bug(Runnable code) {
    KernelBug bug = catchThrowableOfType(KernelBug.class, code::run);
    assertThat(bug).as("a bug").isNotNull();
    return bug;
  }

  /** The bug that ended a run. */
  public static KernelBug bug(RunResult result) {
    KernelBug bug = result.bug();
    assertThat(bug).as("a bug").isNotNull();
    return bug;
  }

  /** Checks that a run found nothing. */
  public static void clean(RunResult result) {
    assertThat(result.bug()).isNull();
    assertThat(result.warnings()).isEmpty();
  }

  /** The entries of a walk. */
  public static <T> List<T> all(Iterable<T> walk) {
    List<T> found = new ArrayList<>();
    walk.forEach(found::add);
    return found;
  }
}
