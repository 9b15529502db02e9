package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one interleaving. Step {@code n} lasts from {@code n - 1} to {@code n}; its lines
 * share that time. Functions are slices, what is done in them are slices inside; locks are held
 * from the step that takes them to the end of the one that gives them back, and may overlap.
 */
final class FindingTrace {
  private static final String CALL = "call";
  private static final String ACTION = "action";
  private static final String LOCK = "lock";
  private static final String WAIT = "wait";
  private static final String WAKE_UP = "wakeup";

  private final NumberedFinding chosen;
  private final Finding finding;
  private final int pid;
  private final List<TraceEvent> events = new ArrayList<>();
  private final List<Deque<Call>> calls = new ArrayList<>();
  private final List<Map<String, Double>> held = new ArrayList<>();
  private final double[] lastEnd;
  private int flows;

  private record Call(int depth, String function, double start) {}

  FindingTrace(NumberedFinding chosen, int pid) {
    this.chosen = chosen;
    this.finding = chosen.finding();
    this.pid = pid;
    this.lastEnd = new double[finding.threads().size()];
    for (int i = 0; i < finding.threads().size(); i++) {
      calls.add(new ArrayDeque<>());
      held.add(new LinkedHashMap<>());
    }
  }

  /** All of them: names first, then in the order in which they end. */
  List<TraceEvent> events() {
    events.add(TraceEvent.metadata("process_name", pid, 0, "name", chosen.title()));
    for (int i = 0; i < finding.threads().size(); i++) {
      String title = finding.threads().get(i).title();
      events.add(TraceEvent.metadata("thread_name", pid, i + 1, "name", title));
    }
    for (int i = 0; i < finding.steps().size(); i++) {
      step(i, finding.steps().get(i));
    }
    for (int i = 0; i < finding.threads().size(); i++) {
      end(i, finding.threads().get(i));
    }
    Map<String, String> args = new LinkedHashMap<>();
    args.put("message", finding.message());
    args.put("schedule", finding.schedule());
    int last = finding.steps().get(finding.steps().size() - 1).thread();
    events.add(
        TraceEvent.instant(
            finding.kind().label(), "finding", finding.steps().size(), pid, last + 1, args));
    return events;
  }

  private void step(int start, InterleavingStep step) {
    int thread = step.thread();
    List<StepLine> lines = step.lines();
    for (int i = 0; i < lines.size(); i++) {
      double from = start + (double) i / lines.size();
      double to = start + (double) (i + 1) / lines.size();
      StepLine line = lines.get(i);
      enter(thread, line, from);
      if (!line.text().isBlank()) {
        Map<String, String> args = Map.of("step", String.valueOf(start + 1));
        events.add(TraceEvent.slice(line.text(), ACTION, from, to, pid, thread + 1, args));
      }
    }
    lastEnd[thread] = start + 1;
    locks(thread, step.held(), start);
    step.changes().forEach(change -> wakeUp(thread, change, start));
  }

  private void enter(int thread, StepLine line, double time) {
    Deque<Call> stack = calls.get(thread);
    boolean entry = line.text().isBlank();
    while (!stack.isEmpty()
        && (stack.peek().depth() > line.depth()
            || (stack.peek().depth() == line.depth()
                && (entry || !stack.peek().function().equals(line.function()))))) {
      leave(thread, stack.pop(), time);
    }
    if (stack.isEmpty() || stack.peek().depth() < line.depth()) {
      stack.push(new Call(line.depth(), line.function(), time));
    }
  }

  private void leave(int thread, Call call, double time) {
    events.add(TraceEvent.slice(call.function(), CALL, call.start(), time, pid, thread + 1, null));
  }

  private void locks(int thread, List<String> now, int start) {
    Map<String, Double> locks = held.get(thread);
    for (String lock : now) {
      if (locks.putIfAbsent(lock, (double) start) == null) {
        events.add(TraceEvent.async("b", lock, LOCK, start, pid, thread + 1, id(thread, lock)));
      }
    }
    for (String lock : List.copyOf(locks.keySet())) {
      if (!now.contains(lock)) {
        release(thread, lock, start + 1);
      }
    }
  }

  private void release(int thread, String lock, double time) {
    held.get(thread).remove(lock);
    events.add(TraceEvent.async("e", lock, LOCK, time, pid, thread + 1, id(thread, lock)));
  }

  private String id(int thread, String lock) {
    return pid + "/" + finding.threads().get(thread).name() + "/" + lock;
  }

  /** A wait that another thread had noted and this one took away. */
  private void wakeUp(int thread, FieldChange change, int start) {
    int woken = Threads.index(finding.threads(), change.from());
    if (woken < 0 || woken == thread) {
      return;
    }
    for (int i = start + 1; i < finding.steps().size(); i++) {
      if (finding.steps().get(i).thread() == woken) {
        String id = pid + "/" + ++flows;
        String name = "wakes " + change.field();
        double at = start + 0.5;
        events.add(TraceEvent.flow("s", name, WAKE_UP, at, pid, thread + 1, id));
        events.add(TraceEvent.flow("f", name, WAKE_UP, i, pid, woken + 1, id));
        return;
      }
    }
  }

  /** Whoever is blocked stays in its functions, and keeps its locks, beyond the last step. */
  private void end(int thread, ThreadReport report) {
    double end = lastEnd[thread];
    if (report.waitsFor() != null) {
      end = finding.steps().size() + 1;
      Map<String, String> args = new LinkedHashMap<>();
      args.put("ended by", report.endedBy() == null ? "nothing" : report.endedBy());
      String name = "waits for " + report.waitsFor();
      events.add(TraceEvent.slice(name, WAIT, lastEnd[thread], end, pid, thread + 1, args));
    }
    Deque<Call> stack = calls.get(thread);
    while (!stack.isEmpty()) {
      leave(thread, stack.pop(), end);
    }
    for (String lock : List.copyOf(held.get(thread).keySet())) {
      release(thread, lock, Math.max(end, finding.steps().size()));
    }
  }
}
