package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.explorer.search.Places;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how every context stands at the end of an execution. */
final class ThreadReports {
  private ThreadReports() {}

  static List<ThreadReport> of(ControlledEngine engine, Recording recording) {
    List<ThreadReport> reports = new ArrayList<>();
    for (ControlledContext context : engine.contexts()) {
      Context.@Nullable Wait wait = context.waiting();
      reports.add(
          new ThreadReport(
              context.name(),
              task(context),
              status(context, recording),
              wait == null ? null : wait.cell().awaited(wait.op(), wait.argument()),
              wait == null ? null : endedBy(wait, context),
              context.isFinished() ? List.of() : recording.held(context),
              stack(context)));
    }
    return reports;
  }

  /** The cycle of a deadlock in words. */
  static String deadlock(ControlledEngine engine) {
    return Places.waitGraph(engine).describe();
  }

  private static String task(Context context) {
    Struct task = context.task();
    if (task != null) {
      return task.name();
    }
    int slash = context.name().indexOf('/');
    return slash < 0 ? "manager" : context.name().substring(0, slash);
  }

  private static ThreadStatus status(ControlledContext context, Recording recording) {
    if (context.isFinished()) {
      return ThreadStatus.FINISHED;
    }
    if (context.waiting() != null) {
      return ThreadStatus.BLOCKED;
    }
    return recording.steps().stream().anyMatch(step -> step.thread() == context.index())
        ? ThreadStatus.RUNNING
        : ThreadStatus.NOT_STARTED;
  }

  private static @Nullable String endedBy(Context.Wait wait, Context context) {
    List<Context> blockers = wait.cell().blockers(wait.op(), wait.argument(), context);
    return blockers.isEmpty()
        ? null
        : blockers.stream().map(Context::name).collect(Collectors.joining(", "));
  }

  private static List<String> stack(ControlledContext context) {
    List<String> stack = new ArrayList<>(context.frames());
    Collections.reverse(stack);
    return context.isFinished() ? List.of() : stack;
  }
}
