package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.reproduce.read.RaceReport;
import dev.mmexit.reproduce.read.ReportKind;
import dev.mmexit.reproduce.read.Symptom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which findings a symptom can be, by their kinds and by what their messages say. */
public final class Flavour {
  private static final Set<FindingKind> OF_LOCKS =
      EnumSet.of(FindingKind.DEADLOCK, FindingKind.LOCK_MISUSE);
  private static final Set<FindingKind> OF_MEMORY =
      EnumSet.of(
          FindingKind.USE_AFTER_FREE,
          FindingKind.DOUBLE_FREE,
          FindingKind.LIST_CORRUPTION,
          FindingKind.NULL_DEREFERENCE,
          FindingKind.REFCOUNT,
          FindingKind.DATA_RACE);

  private Flavour() {}

  /** The kinds of findings that can be what a symptom reports. */
  public static Set<FindingKind> kinds(Symptom symptom) {
    return switch (symptom) {
      case BLOCKED, RECURSIVE -> EnumSet.of(FindingKind.DEADLOCK, FindingKind.LOCK_MISUSE);
      case CIRCULAR -> EnumSet.of(FindingKind.DEADLOCK);
      case HELD_LOCK_FREED, UNLOCK_BALANCE, SLEEPS_IN_ATOMIC, INCONSISTENT ->
          EnumSet.of(FindingKind.LOCK_MISUSE);
      case USE_AFTER_FREE, SLAB_POISON, WILD_POINTER -> EnumSet.of(FindingKind.USE_AFTER_FREE);
      case DOUBLE_FREE -> EnumSet.of(FindingKind.DOUBLE_FREE);
      case DATA_RACE -> EnumSet.of(FindingKind.DATA_RACE);
      case RAISED_FROM_ZERO, DROPPED_BELOW_ZERO, SATURATED ->
          EnumSet.of(FindingKind.REFCOUNT, FindingKind.USE_AFTER_FREE);
      case LIST_ADD, LIST_DEL, LIST_BROKEN -> EnumSet.of(FindingKind.LIST_CORRUPTION);
      case LIST_POISON -> EnumSet.of(FindingKind.LIST_CORRUPTION, FindingKind.USE_AFTER_FREE);
      case NULL_POINTER -> EnumSet.of(FindingKind.NULL_DEREFERENCE);
      case WARNING -> EnumSet.of(FindingKind.WARNING);
      case BUG -> EnumSet.of(FindingKind.REFCOUNT, FindingKind.WARNING);
      case OTHER_ACCESS -> EnumSet.noneOf(FindingKind.class);
    };
  }

  /**
   * What the model stops at before it comes to what is reported, in a sentence; empty where the
   * finding is what is reported.
   */
  static Optional<String> stopsBefore(Symptom symptom, FindingKind kind) {
    boolean before =
        kind == FindingKind.USE_AFTER_FREE
            && (symptom == Symptom.LIST_POISON || symptom.kind() == ReportKind.REFCOUNT);
    return before
        ? Optional.of(
            "The model stops at the use of freed memory; what is reported comes of what was read"
                + " there.")
        : Optional.empty();
  }

  /** Why no finding of the model can be what a symptom reports; empty where one can. */
  public static Optional<String> neverShown(Symptom symptom) {
    return switch (symptom) {
      case OTHER_ACCESS ->
          Optional.of(
              "The model's memory is objects and fields: it has no access beyond the end of one.");
      case INCONSISTENT ->
          Optional.of(
              "The model knows no state of interrupts: of such reports it can only show a call that"
                  + " may sleep where that is not allowed.");
      default -> Optional.empty();
    };
  }

  /** The kinds that are near to those of a symptom: what may be seen in place of it. */
  static Set<FindingKind> near(Symptom symptom) {
    return switch (symptom.kind()) {
      case HUNG_TASK, LOCKDEP -> OF_LOCKS;
      default -> OF_MEMORY;
    };
  }

  /** What speaks against a finding, of a kind that would do; empty where nothing does. */
  static Optional<String> difference(RaceReport report, Finding finding) {
    String message = finding.message();
    String wanted =
        switch (report.symptom()) {
          case BLOCKED, RECURSIVE ->
              finding.kind() == FindingKind.LOCK_MISUSE ? "which it holds already" : "";
          case HELD_LOCK_FREED -> "held lock freed";
          case UNLOCK_BALANCE -> " releases ";
          case SLEEPS_IN_ATOMIC, INCONSISTENT -> "may sleep";
          case RAISED_FROM_ZERO, DROPPED_BELOW_ZERO, SATURATED -> counter(report, finding);
          case LIST_ADD -> list("list_add ", report.headline());
          case LIST_DEL -> list("list_del ", report.headline());
          case LIST_POISON ->
              finding.kind() == FindingKind.LIST_CORRUPTION
                  ? "that list_del poisoned"
                  : "is read in";
          case BUG -> finding.kind() == FindingKind.REFCOUNT ? "BUG_ON" : "";
          default -> "";
        };
    for (String part : wanted.split("\\|", -1)) {
      if (!message.contains(part)) {
        return Optional.of("it is another " + finding.kind().label() + ": " + message);
      }
    }
    return Optional.empty();
  }

  private static String counter(RaceReport report, Finding finding) {
    if (finding.kind() == FindingKind.USE_AFTER_FREE) {
      // The model stops at the use of what was freed, before it looks at the count.
      return report.symptom() == Symptom.DROPPED_BELOW_ZERO ? "is used by dec" : "is used by inc";
    }
    return switch (report.symptom()) {
      case RAISED_FROM_ZERO -> "is raised from zero";
      case DROPPED_BELOW_ZERO -> "is dropped below zero";
      default -> "";
    };
  }

  /** What is said of the neighbours, in the words of the model. */
  private static String list(String function, String headline) {
    boolean adds = function.startsWith("list_add");
    String what = "";
    if (headline.contains("double add")) {
      what = "added next to itself";
    } else if (headline.contains("LIST_POISON")) {
      what = "has been deleted already";
    } else if (headline.contains("prev->next should be")) {
      what = adds ? "predecessor's next is not the successor" : "predecessor's next is not";
    } else if (headline.contains("next->prev should be")) {
      what = adds ? "successor's prev is not the predecessor" : "successor's prev is not";
    }
    return what.isEmpty() ? function : function + "|" + what;
  }
}
