package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.result.ScenarioResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Explores the scenarios of a stage, each by one thread and several at once, and hands the results
 * on in the order of the scenarios: what is found does not depend on the number of threads.
 */
final class StageSearch {
  /** What is done with each result; says whether to go on. */
  interface Visitor {
    boolean visit(Candidate candidate, ScenarioResult result);
  }

  private final CheckerFacade checker;
  private final Budget budget;
  private final String variant;

  StageSearch(CheckerFacade checker, Budget budget, String variant) {
    this.checker = checker;
    this.budget = budget;
    this.variant = variant;
  }

  private record Task(Candidate candidate, Future<ScenarioResult> result) {}

  /** Returns whether all scenarios were visited. */
  boolean run(Iterator<Candidate> candidates, Visitor visitor) {
    int workers = budget.workers();
    ExecutorService pool = Executors.newFixedThreadPool(workers, StageSearch::daemon);
    Deque<Task> tasks = new ArrayDeque<>();
    try {
      while (true) {
        while (tasks.size() < 4 * workers && candidates.hasNext() && !budget.isSpent()) {
          Candidate candidate = candidates.next();
          tasks.add(new Task(candidate, pool.submit(() -> explore(candidate))));
        }
        if (tasks.isEmpty()) {
          return !candidates.hasNext();
        }
        Task first = tasks.remove();
        if (!visitor.visit(first.candidate(), get(first.result()))) {
          return false;
        }
      }
    } finally {
      // What is being explored ends on its own, and nobody waits for it.
      tasks.forEach(task -> task.result().cancel(false));
      pool.shutdown();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "search");
    thread.setDaemon(true);
    return thread;
  }

  private ScenarioResult explore(Candidate candidate) {
    return checker.check(
        candidate.scenario(), budget.options(variant, 1), (states, executions, findings) -> {});
  }

  private static ScenarioResult get(Future<ScenarioResult> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException exception
          ? exception
          : new IllegalStateException(cause);
    }
  }
}
