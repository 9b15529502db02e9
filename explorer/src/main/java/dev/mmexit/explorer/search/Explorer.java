package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.engine.Granularity;
import dev.mmexit.explorer.engine.LockTable;
import dev.mmexit.explorer.engine.LockTaking;
import dev.mmexit.explorer.engine.Sharing;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explores a world exhaustively: every state that some interleaving reaches is reached, and none is
 * continued from twice. The result does not depend on the number of workers.
 */
public final class Explorer {
  /** An execution of more steps than this is reported as one that goes round without end. */
  public static final int MAX_STEPS = 5000;

  /** How many random executions there are before the search at most. */
  private static final int SCOUTING = 200;

  /**
   * Of each style two that show nothing new: most scenarios are small, so that it costs less to
   * search again than to look for longer.
   */
  private static final int PATIENCE = 6;

  /** Without the reduction nothing is learned later. */
  private static final int UNREDUCED_PATIENCE = 40;

  private final Function<Host, ? extends World> factory;
  private final Bounds bounds;
  private final int workers;
  private final boolean reduction;
  private final Progress progress;
  private boolean learnsLocks;

  /**
   * An explorer.
   *
   * @param factory makes the world for a host, set-up included
   * @param workers how many threads explore; one where the executions are bounded
   * @param reduction false: every interleaving, nothing remembered, by one worker
   */
  public Explorer(
      Function<Host, ? extends World> factory,
      Bounds bounds,
      int workers,
      boolean reduction,
      Progress progress) {
    this.factory = factory;
    this.bounds = bounds;
    this.workers = bounds.maxExecutions() != null || !reduction ? 1 : Math.max(1, workers);
    this.reduction = reduction;
    this.progress = progress;
  }

  /** Has the explorer note what is taken while what is held: {@link Exploration#locks}. */
  public Explorer learningLocks() {
    learnsLocks = true;
    return this;
  }

  /** Explores, and reads the shortest schedules off what was found. */
  public Exploration explore() {
    Limits limits = new Limits(bounds);
    Sharing sharing = new Sharing();
    Totals totals = new Totals();
    // Where nothing is left out it says which plain fields race: there it is not enough to switch
    // at operations.
    try (Instance instance = new Instance(factory, Granularity.REDUCED, sharing)) {
      Scout scout = new Scout(instance, sharing, limits, 1);
      scout.scout(SCOUTING, reduction ? PATIENCE : UNREDUCED_PATIENCE);
      totals.add(scout.steps(), instance.engine());
    }
    for (int number = 1; ; number++) {
      Search search = new Search(number, workers, limits, reduction, learnsLocks, sharing);
      run(search, totals);
      if (!search.isOutdated() || limits.stopped()) {
        return result(search, totals);
      }
      limits.again();
      totals.transitions = 0;
    }
  }

  private Instance newInstance(Sharing sharing) {
    return new Instance(
        factory, reduction ? Granularity.REDUCED : Granularity.EVERY_OPERATION, sharing);
  }

  private void run(Search search, Totals totals) {
    search.pool().give(new Task(new byte[0], new Frame(-1, new byte[0], new int[0])));
    // The set-up runs here first, so that its errors come from here.
    Instance first = newInstance(search.sharing());
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < workers; i++) {
      Thread helper = new Thread(() -> work(search, () -> newInstance(search.sharing()), totals));
      helper.setName("mmexit worker " + i);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    work(search, () -> first, totals);
    for (Thread helper : helpers) {
      joinQuietly(helper);
    }
    Throwable failure = totals.failure.get();
    if (failure != null) {
      throw new IllegalStateException("the exploration failed: " + failure, failure);
    }
  }

  private static void joinQuietly(Thread helper) {
    boolean interrupted = false;
    while (helper.isAlive()) {
      try {
        helper.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was done, added up: that of searches that began anew was done as well. */
  private static final class Totals {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long steps;
    private long carriedOut;
    private long operations;

    /** Those of the last search. */
    private long transitions;

    synchronized void add(Worker worker) {
      add(worker.steps(), worker.engine());
      transitions += worker.transitions();
    }

    synchronized void add(long moreSteps, ControlledEngine engine) {
      steps += moreSteps;
      carriedOut += engine.steps();
      operations += engine.operations();
    }
  }

  private void work(Search search, Supplier<Instance> instances, Totals totals) {
    try (Instance instance = instances.get()) {
      Worker worker = new Worker(search, instance, progress);
      Task task = search.pool().take();
      while (task != null) {
        worker.explore(task);
        task = search.isStopped() ? null : search.pool().take();
      }
      totals.add(worker);
    } catch (OutOfMemoryError full) {
      search.limits().reach("out of memory");
    } catch (TooLarge tooLarge) {
      search.limits().reach(String.valueOf(tooLarge.getMessage()));
    } catch (InterruptedException interrupted) {
      search.limits().reach("interrupted");
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      totals.failure.compareAndSet(null, failure);
      search.limits().reach("internal error");
    } finally {
      if (search.isStopped()) {
        search.pool().end();
      }
    }
  }

  private Exploration result(Search search, Totals totals) {
    Findings findings = search.findings();
    SortedMap<Key, Schedule> shortest = new TreeMap<>(findings.schedules());
    Map<LockTaking, Schedule> taken = taken(search);
    if (reduction) {
      readGraph(search, shortest, taken);
    }
    long states = search.states();
    String bound = search.limits().bound();
    long executions =
        bound != null || !reduction
            ? search.limits().executions()
            : totals.transitions - (states - 1) + findings.terminals();
    return new Exploration(
        bound,
        states,
        executions,
        totals.transitions,
        totals.steps,
        totals.carriedOut,
        totals.operations,
        shortest,
        findings.finalStates(),
        lockOrder(search, taken),
        search.sharing());
  }

  /** Where no graph is kept: what was taken, and how it came to that first. */
  private static Map<LockTaking, Schedule> taken(Search search) {
    Map<LockTaking, Schedule> taken = new LinkedHashMap<>();
    LockUses locks = search.locks();
    if (locks == null) {
      return taken;
    }
    search.lockSchedules().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            entry -> {
              for (LockTaking taking : locks.table().takings(entry.getKey())) {
                taken.putIfAbsent(taking, entry.getValue());
              }
            });
    return taken;
  }

  private static LockOrder lockOrder(Search search, Map<LockTaking, Schedule> taken) {
    LockUses locks = search.locks();
    if (locks == null) {
      return LockOrder.NONE;
    }
    LockTable table = locks.table();
    return new LockOrder(
        new TreeSet<>(table.classes()),
        table.exclusive(),
        taken,
        table.entries(),
        search.findings().cycles());
  }

  private static void readGraph(
      Search search, SortedMap<Key, Schedule> shortest, Map<LockTaking, Schedule> taken) {
    if (search.states() == 0 && search.limits().stopped()) {
      return; // A bound was reached before anything was seen.
    }
    Map<Key, List<Findings.Occurrence>> found = search.findings().all();
    ShortestPaths paths =
        new ShortestPaths(
            search.graph(),
            (int) search.states(),
            search.labels().ranks(),
            search.labels().contexts());
    for (Map.Entry<Key, List<Findings.Occurrence>> entry : found.entrySet()) {
      shortest.put(entry.getKey(), named(search, paths.shortest(entry.getValue())));
    }
    LockUses locks = search.locks();
    if (locks != null) {
      locks.shortest(paths).forEach((taking, labels) -> taken.put(taking, named(search, labels)));
    }
    int cycle = paths.stateOnCycle();
    if (cycle >= 0) {
      Findings.Occurrence there =
          new Findings.Occurrence(cycle, Findings.NO_STEP, Findings.NO_STEP);
      shortest.put(
          new Key(FindingKind.LIVELOCK, "a cycle of states"),
          named(search, paths.shortest(List.of(there))));
    }
  }

  private static Schedule named(Search search, int[] labels) {
    List<String> names = new ArrayList<>(labels.length);
    for (int label : labels) {
      names.add(search.labels().name(label));
    }
    return new Schedule(0, names);
  }
}
