package dev.mmexit.explorer.render;

import com.contrastsecurity.sarif.CodeFlow;
import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.State;
import com.contrastsecurity.sarif.ThreadFlow;
import com.contrastsecurity.sarif.ThreadFlowLocation;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.StepLine;
import dev.mmexit.explorer.result.ThreadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An interleaving as the code flow of a SARIF result: a thread flow for each thread that takes
 * part. The execution order is the number of the step, over all threads.
 */
final class SarifFlows {
  private SarifFlows() {}

  static CodeFlow of(Finding finding) {
    List<ThreadFlow> flows = new ArrayList<>();
    for (int i = 0; i < finding.threads().size(); i++) {
      List<ThreadFlowLocation> locations = locations(finding, i);
      if (!locations.isEmpty()) {
        ThreadReport thread = finding.threads().get(i);
        flows.add(
            new ThreadFlow()
                .withId(thread.name())
                .withMessage(message(thread.title()))
                .withLocations(locations));
      }
    }
    return new CodeFlow().withThreadFlows(flows);
  }

  private static List<ThreadFlowLocation> locations(Finding finding, int thread) {
    List<ThreadFlowLocation> locations = new ArrayList<>();
    for (int i = 0; i < finding.steps().size(); i++) {
      InterleavingStep step = finding.steps().get(i);
      for (int j = 0; step.thread() == thread && j < step.lines().size(); j++) {
        ThreadFlowLocation location = location(step.lines().get(j), i + 1);
        boolean last = j == step.lines().size() - 1;
        locations.add(last ? location.withState(state(step)) : location);
      }
    }
    ThreadReport report = finding.threads().get(thread);
    if (report.waitsFor() != null) {
      locations.add(blocked(report, finding.steps().size() + 1));
    }
    return locations;
  }

  private static ThreadFlowLocation location(StepLine line, int order) {
    ThreadFlowLocation location =
        new ThreadFlowLocation()
            .withLocation(
                new Location()
                    .withLogicalLocations(SarifRenderer.logical(List.of(line.function())))
                    .withMessage(
                        message(line.text().isBlank() ? line.function() + "()" : line.text())))
            .withNestingLevel(line.depth())
            .withExecutionOrder(order);
    return line.text().isBlank()
        ? location
            .withKinds(Set.of("enter"))
            .withImportance(ThreadFlowLocation.Importance.UNIMPORTANT)
        : location.withImportance(ThreadFlowLocation.Importance.IMPORTANT);
  }

  private static ThreadFlowLocation blocked(ThreadReport thread, int order) {
    String who = thread.endedBy() == null ? "nothing would end" : thread.endedBy() + " would end";
    Location location =
        new Location()
            .withMessage(message("blocked: waits for " + thread.waitsFor() + ", which " + who));
    if (!thread.stack().isEmpty()) {
      location.setLogicalLocations(SarifRenderer.logical(thread.stack().subList(0, 1)));
    }
    return new ThreadFlowLocation()
        .withLocation(location)
        .withNestingLevel(Math.max(0, thread.stack().size() - 1))
        .withExecutionOrder(order)
        .withImportance(ThreadFlowLocation.Importance.ESSENTIAL)
        .withState(holds(thread.holds()));
  }

  /** What is held, and what the step changed. */
  private static State state(InterleavingStep step) {
    State state = holds(step.held());
    step.changes()
        .forEach(
            change ->
                state.withAdditionalProperty(
                    change.field(), value(change.from() + " -> " + change.to())));
    return state;
  }

  private static State holds(List<String> locks) {
    return new State()
        .withAdditionalProperty("holds", value(locks.isEmpty() ? "-" : String.join(", ", locks)));
  }

  private static MultiformatMessageString value(String text) {
    return new MultiformatMessageString().withText(text);
  }

  private static Message message(String text) {
    return new Message().withText(text);
  }
}
