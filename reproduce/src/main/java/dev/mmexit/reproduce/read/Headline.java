package dev.mmexit.reproduce.read;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line that a report begins with.
 *
 * @param symptom what it says has happened; null where the report is of a kind that is not read
 * @param task the task that it names; empty where it names none
 */
record Headline(@Nullable Symptom symptom, String task) {
  private static final String LIST_POISON = "dead0000000001|dead0000000002";
  private static final String SLAB_POISON = "6b6b6b6b6b6b";

  /** A pattern, and what it stands for; a group {@code task} is the task. */
  private record Form(Pattern pattern, boolean namesTask, @Nullable Symptom symptom) {
    Form(String pattern, @Nullable Symptom symptom) {
      this(Pattern.compile(pattern), pattern.contains("(?<task>"), symptom);
    }
  }

  /** The first that fits counts. */
  private static final List<Form> FORMS =
      List.of(
          new Form("INFO: task (?<task>\\S+:\\d+) blocked ", Symptom.BLOCKED),
          new Form("(?:sysrq: )?(?:SysRq : )?Show (?:State|Blocked State)\\b", Symptom.BLOCKED),
          new Form("task:(?<task>\\S+)\\s+state:D\\b", Symptom.BLOCKED),
          new Form(".*possible circular locking dependency detected", Symptom.CIRCULAR),
          new Form(".*possible recursive locking detected", Symptom.RECURSIVE),
          new Form(".*held lock freed!", Symptom.HELD_LOCK_FREED),
          new Form(".*bad unlock balance detected", Symptom.UNLOCK_BALANCE),
          new Form(".*inconsistent lock state", Symptom.INCONSISTENT),
          new Form(".*possible irq lock inversion dependency", Symptom.INCONSISTENT),
          new Form(".*(?:HARD|SOFT)IRQ-safe -> .*unsafe lock order", Symptom.INCONSISTENT),
          new Form("BUG: sleeping function called from invalid", Symptom.SLEEPS_IN_ATOMIC),
          new Form("BUG: scheduling while atomic", Symptom.SLEEPS_IN_ATOMIC),
          new Form("BUG: KASAN: (?:double-free|invalid-free)", Symptom.DOUBLE_FREE),
          new Form("BUG: KASAN: \\S*use-after-free", Symptom.USE_AFTER_FREE),
          new Form("BUG: KASAN: null-ptr-deref", Symptom.NULL_POINTER),
          new Form("BUG: KASAN: ", Symptom.OTHER_ACCESS),
          new Form("BUG: KCSAN: data-race", Symptom.DATA_RACE),
          new Form("refcount_t: (?:addition|increment) on 0", Symptom.RAISED_FROM_ZERO),
          new Form(
              "refcount_t: (?:underflow|decrement hit 0|hit zero)", Symptom.DROPPED_BELOW_ZERO),
          new Form("refcount_t: ", Symptom.SATURATED),
          new Form("list_add (?:corruption|double add|attempted)", Symptom.LIST_ADD),
          new Form("list_del corruption", Symptom.LIST_DEL),
          new Form("kernel BUG at lib/list_debug", Symptom.LIST_BROKEN),
          new Form("kernel BUG at ", Symptom.BUG),
          new Form("(?i)(?:bug: )?unable to handle .*(?:" + LIST_POISON + ")", Symptom.LIST_POISON),
          new Form("(?i)(?:bug: )?unable to handle .*" + SLAB_POISON, Symptom.SLAB_POISON),
          new Form(
              "(?i)(?:bug: )?(?:unable to handle (?:kernel )?|kernel )null pointer",
              Symptom.NULL_POINTER),
          new Form("(?i)(?:bug: )?unable to handle ", Symptom.WILD_POINTER),
          new Form("(?i)general protection fault.*(?:" + LIST_POISON + ")", Symptom.LIST_POISON),
          new Form("(?i)general protection fault.*" + SLAB_POISON, Symptom.SLAB_POISON),
          new Form("(?i)general protection fault", Symptom.WILD_POINTER),
          new Form("WARNING: CPU: \\d+ PID: \\d+ at lib/refcount", Symptom.SATURATED),
          new Form("WARNING: CPU: \\d+ PID: \\d+ at lib/list_debug", Symptom.LIST_BROKEN),
          new Form("WARNING: CPU: \\d+ PID: \\d+ at ", Symptom.WARNING),
          // What looks like a report, and is none that is read.
          new Form("(?:BUG|UBSAN|KMSAN|watchdog: BUG|unreferenced object)\\b.*", null),
          new Form("(?:rcu: )?INFO: .*(?:stall|suspicious|inconsistent|possible).*", null),
          new Form("WARNING: .*(?:suspicious|possible|detected).*", null));

  /** The headline in a line, if it is one. */
  static Optional<Headline> of(String line) {
    String text = line.stripLeading();
    if (!mayBegin(text)) {
      return Optional.empty();
    }
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(text);
      if (matcher.lookingAt()) {
        return Optional.of(new Headline(form.symptom(), form.namesTask() ? task(matcher) : ""));
      }
    }
    return Optional.empty();
  }

  /** Whether a line is a headline. */
  static boolean begins(String line) {
    return of(line).isPresent();
  }

  /** A quick look: most lines of a log begin no report. */
  private static boolean mayBegin(String text) {
    return !text.isEmpty() && "IsStRB[iruULlklgGWKw=".indexOf(text.charAt(0)) >= 0;
  }

  private static String task(Matcher matcher) {
    String task = matcher.group("task");
    return task == null ? "" : task;
  }
}
