package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.EventSink;
import dev.mmexit.kernel.Lock;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what an execution does: a step's lines, and the locks held after each step. */
final class Recording implements EventSink {
  private final ControlledEngine engine;
  private final List<InterleavingStep> steps = new ArrayList<>();
  private final Map<Context, Set<String>> held = new HashMap<>();
  private final Map<Context, List<StepLine>> lines = new HashMap<>();
  private @Nullable Snapshot snapshot;

  Recording(ControlledEngine engine) {
    this.engine = engine;
  }

  @Override
  public void accept(Event event) {
    if (event.kind() == Event.Kind.SYNC) {
      updateHeld(event.context());
    }
    if (event.kind() != Event.Kind.LEAVE) {
      boolean entered = event.kind() == Event.Kind.ENTER;
      linesOf(event.context())
          .add(
              new StepLine(
                  Math.max(0, event.depth() - 1), event.function(), entered ? "" : event.text()));
    }
  }

  /** Before the first step: changes are told from here on. */
  void begin() {
    snapshot = new Snapshot(engine);
  }

  /** Ends the step of {@code context}. */
  void endStep(ControlledContext context) {
    List<StepLine> done = linesOf(context);
    if (!done.isEmpty()) {
      List<FieldChange> changes = snapshot == null ? List.of() : snapshot.changes();
      steps.add(new InterleavingStep(context.index(), done, held(context), changes));
      lines.remove(context);
    }
  }

  /** Ends the step of {@code context}, which a bug cut short. */
  void endStep(ControlledContext context, String bug) {
    linesOf(context)
        .add(
            new StepLine(
                Math.max(0, context.frames().size() - 1), context.function(), "*** " + bug));
    endStep(context);
  }

  private List<StepLine> linesOf(Context context) {
    return lines.computeIfAbsent(context, unknown -> new ArrayList<>());
  }

  List<InterleavingStep> steps() {
    return steps;
  }

  /** The locks that {@code context} holds, in the order in which it took them. */
  List<String> held(Context context) {
    updateHeld(context);
    return List.copyOf(held.getOrDefault(context, Set.of()));
  }

  private void updateHeld(Context context) {
    Set<String> now = new LinkedHashSet<>();
    for (Struct struct : engine.structs()) {
      if (struct.isAlive()) {
        for (Cell cell : struct.cells()) {
          if (holds(cell, context)) {
            now.add(cell.expression());
          }
        }
      }
    }
    Set<String> ordered = held.computeIfAbsent(context, unknown -> new LinkedHashSet<>());
    ordered.retainAll(now);
    ordered.addAll(now);
  }

  private static boolean holds(Cell cell, Context context) {
    if (cell instanceof Lock lock) {
      return lock.owner() == context;
    }
    if (cell instanceof RwSemaphore semaphore) {
      return semaphore.holders().contains(context);
    }
    return cell instanceof Srcu srcu && srcu.readers().contains(context);
  }
}
