package dev.mmexit.stress;

import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.FinalState;
import dev.mmexit.scenario.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words for outcomes, the same whichever engine has come to them: what ended the world, or
 * {@code REGISTERS; FACTS; FINDINGS} of a world in which all has come to its end.
 */
public final class Outcomes {
  private static final String CLEAN = "clean";

  /** Stands for facts where none holds. */
  private static final String NOTHING = "-";

  private Outcomes() {}

  /**
   * The outcome of a world at rest.
   *
   * @param warnings the {@code WARN_ON} that fired
   */
  public static String of(AtRest atRest, List<String> warnings) {
    FinalState state = atRest.state();
    String registers =
        state.registers().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + number(entry.getValue()))
            .collect(Collectors.joining(" "));
    String findings =
        atRest.violations().stream()
            .map(Violation::kind)
            .map(FindingKind::label)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    String fired = warnings.stream().sorted().distinct().collect(Collectors.joining(", "));
    return (registers.isEmpty() ? "" : registers + "; ")
        + (state.facts().isEmpty() ? NOTHING : String.join(" ", state.facts()))
        + "; "
        + (findings.isEmpty() ? CLEAN : findings)
        + (fired.isEmpty() ? "" : "; warning: " + fired);
  }

  /**
   * The outcome of a world that a bug has ended: the cycle of a deadlock in words, else the object.
   * Not the function: where an object is freed while another context uses it, each access up to the
   * next lock may be the first to find out, and the explorer lets only one of them do so.
   */
  public static String of(KernelBug bug) {
    if (bug.kind() == FindingKind.DEADLOCK) {
      return ended(bug.kind(), bug.sentence());
    }
    Struct object = bug.object();
    return ended(bug.kind(), object == null ? "" : object.describe());
  }

  /** The outcome of a world that something of {@code kind} has ended. */
  public static String ended(FindingKind kind, String what) {
    return kind.label() + ": " + what;
  }

  private static String number(int value) {
    return value < 0 ? Errno.name(value) : Integer.toString(value);
  }
}
