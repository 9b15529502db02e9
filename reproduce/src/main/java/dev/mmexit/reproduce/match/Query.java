package dev.mmexit.reproduce.match;

import dev.mmexit.reproduce.read.Frame;
import dev.mmexit.reproduce.read.RaceReport;
import dev.mmexit.reproduce.read.ReportedThread;
import dev.mmexit.reproduce.read.Role;
import dev.mmexit.reproduce.read.Symptom;
import dev.mmexit.reproduce.read.Waits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for: the places of a report.
 *
 * @param report the report
 * @param places its threads, in its order
 * @param notes what has been taken for what, and what is left out, a sentence each
 */
public record Query(RaceReport report, List<Place> places, List<String> notes) {
  /** More tasks than this are not looked for one by one where some are at one place. */
  private static final int FEW = 4;

  /** What makes the report, allocates, frees or checks; not what the report is about. */
  private static final Pattern MACHINERY =
      Pattern.compile(
          "_*(?:kasan|asan|hwasan|tsan|kcsan|ubsan)_?\\w*|check_memory_region\\w*|print_\\w+"
              + "|_*dump_stack\\w*|_*mutex_\\w+|_*raw_\\w+|_*up_(?:read|write)\\w*|_*mark_\\w+|show_stack\\w*|save_stack\\w*|stack_trace\\w*|stack_depot\\w*"
              + "|_*kmalloc\\w*|kzalloc|_*kfree\\w*|kmem_cache_\\w+|_*slab_\\w+|_*cache_\\w+"
              + "|_*kmem_\\w+|_*do_kmalloc\\w*|_*do_kmem\\w*|_*warn|warn_slowpath\\w*|report_bug"
              + "|fixup_bug|handle_bug|do_error_trap|do_invalid_op|invalid_op|exc_\\w+|asm_exc_\\w+"
              + "|die|_*die_\\w+|do_trap\\w*|oops_\\w+|no_context|page_fault\\w*|general_protection"
              + "|_*bad_area\\w*|_*do_page_fault|_*list_(?:add|del)\\w*|refcount_\\w+|kref_\\w+"
              + "|_*lock_\\w+|lock_acquire|debug_\\w+|check_\\w*noncircular|_*might_sleep|validate_chain"
              + "|check_prev\\w*|check_deadlock\\w*|_*ret_from_\\w+|arch_stack_walk|describe_\\w+"
              + "|unwind_\\w+|object_err|el1_\\w+|el1h_\\w+|do_debug_\\w+|brk_handler|call_rcu\\w*"
              + "|_*rcu_\\w+|_*call_srcu");

  public Query {
    places = List.copyOf(places);
    notes = List.copyOf(notes);
  }

  /** The query that a report stands for. */
  public static Query of(RaceReport report, Model model) {
    LockNames locks = new LockNames(model);
    List<Place> places = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (String what : report.missing()) {
      notes.add("The report is not whole: it lacks " + what + ". What is there is compared.");
    }
    for (ReportedThread thread : report.threads()) {
      places.add(place(thread, report.symptom(), model, locks, notes));
    }
    withoutRepetitions(report.symptom(), places, notes);
    return new Query(report, places, List.copyOf(notes));
  }

  /** The places that the model has something of. */
  public List<Place> modelled() {
    return places.stream().filter(Place::isModelled).toList();
  }

  /** The places of one role that the model has something of. */
  List<Place> modelled(Role role) {
    return modelled().stream().filter(place -> place.thread().role() == role).toList();
  }

  private static Place place(
      ReportedThread thread, Symptom symptom, Model model, LockNames locks, Set<String> notes) {
    List<String> sure = functions(thread, true, model);
    List<String> any = sure.isEmpty() ? functions(thread, false, model) : sure;
    String who = who(thread);
    if (any.isEmpty()) {
      if (!thread.frames().isEmpty()) {
        notes.add("The model has no function of " + who + ": it is left out.");
      }
    } else if (sure.isEmpty()) {
      notes.add(
          "The unwinder does not stand for any frame of " + who + " that the model has ('?').");
    }
    String inner = any.isEmpty() ? null : inner(thread, model);
    if (inner != null) {
      notes.add(
          inner
              + " is not in the model: "
              + who
              + " is matched by its nearest modelled caller, "
              + any.get(0)
              + ".");
    }
    boolean atLock = symptom == Symptom.BLOCKED && inner == null && !sure.isEmpty();
    return new Place(
        thread,
        any,
        !sure.isEmpty(),
        inner,
        atLock ? Waits.of(thread.frames()) : Waits.UNKNOWN,
        inner == null || symptom != Symptom.BLOCKED
            ? lock(thread.waitsFor(), locks, who, notes)
            : null,
        thread.holds().stream().flatMap(name -> locks.of(name).stream()).toList());
  }

  private static @Nullable String lock(
      @Nullable String name, LockNames locks, String who, Set<String> notes) {
    String known = name == null ? null : locks.of(name).orElse(null);
    if (name != null && known == null) {
      notes.add("The model has no lock '" + name + "', which " + who + " takes.");
    }
    return known;
  }

  private static List<String> functions(ReportedThread thread, boolean reliable, Model model) {
    return thread.frames().stream()
        .filter(frame -> frame.reliable() || !reliable)
        .map(Frame::function)
        .filter(model::has)
        .toList();
  }

  /** The innermost function that is not the reporting's, if the model does not have it. */
  private static @Nullable String inner(ReportedThread thread, Model model) {
    for (Frame frame : thread.frames()) {
      if (frame.reliable()
          && !Waits.isPartOfWait(frame.function())
          && !MACHINERY.matcher(frame.function()).matches()) {
        return model.has(frame.function()) ? null : frame.function();
      }
    }
    return null;
  }

  /** Of many tasks that wait at one place one is enough: no scenario has as many. */
  private static void withoutRepetitions(Symptom symptom, List<Place> places, Set<String> notes) {
    if (symptom != Symptom.BLOCKED || places.stream().filter(Place::isModelled).count() <= FEW) {
      return;
    }
    Set<List<String>> seen = new LinkedHashSet<>();
    int before = places.size();
    places.removeIf(place -> place.isModelled() && !seen.add(place.functions()));
    int same = before - places.size();
    if (same > 0) {
      notes.add(
          same == 1
              ? "One more task is at the place of another, and is left out."
              : same + " more tasks are at the places of others, and are left out.");
    }
  }

  /** A thread in a sentence. */
  static String who(ReportedThread thread) {
    String task = thread.task().isEmpty() ? "" : thread.task();
    return switch (thread.role()) {
      case BLOCKED -> task.isEmpty() ? "a blocked task" : task;
      case ACCESS -> task.isEmpty() ? "the task" : task;
      case FREED -> "who freed the object";
      case ALLOCATED -> "who allocated the object";
      case TAKES -> "who took " + (thread.waitsFor() == null ? "a lock" : thread.waitsFor());
    };
  }
}
