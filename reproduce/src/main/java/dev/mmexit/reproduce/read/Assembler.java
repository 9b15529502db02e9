package dev.mmexit.reproduce.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the lines of one printer together to reports. */
final class Assembler {
  private static final String LOCK =
      "(?:(?:[0-9a-f]+|\\(_*ptrval_*\\)) )?\\((?<lock>.+)\\)\\{[^}]*}(?:-\\{[^}]*})?";
  private static final String AT = ",? at: (?:\\[<[0-9a-fx]+>] ?)?(?<at>[A-Za-z_][\\w.]*)";

  private static final Pattern TASK_LINE =
      Pattern.compile("task:(?<name>\\S+)\\s+state:(?<state>\\S).*?pid:\\s*(?<pid>\\d+).*");
  private static final Pattern OLD_TASK_LINE =
      Pattern.compile(
          "(?<name>\\S+)\\s+(?<state>[DRSTtXZI])\\s+(?:[0-9a-f]+\\s+)?\\d+\\s+(?<pid>\\d+)\\s+\\d+\\s+0x.*");
  private static final Pattern COMM =
      Pattern.compile("CPU: \\d+ (?:UID: \\d+ )?PID: (?<pid>\\d+) .*?Comm: (?<name>\\S+).*");
  private static final Pattern ACCESS =
      Pattern.compile("(?:Read|Write|Free)\\b.* by task (?<task>\\S+)");
  private static final Pattern RACER =
      Pattern.compile(
          "(?:race at unknown origin, with )?(?:read|write|read-write)(?: \\(\\w+\\))? to \\S+ of \\d+ bytes.* by (?<task>.*) on cpu.*");
  private static final Pattern ALLOCATED = Pattern.compile("Allocated by task (?<task>\\d+).*");
  private static final Pattern FREED = Pattern.compile("Freed by task (?<task>\\d+).*");
  private static final Pattern LINK = Pattern.compile("-> #(?<number>\\d+) " + LOCK + ".*");
  private static final Pattern HELD = Pattern.compile("#\\d+: +" + LOCK + AT + ".*");
  private static final Pattern NAMED_LOCK = Pattern.compile(LOCK + AT + ".*");
  private static final Pattern OWNER =
      Pattern.compile("(?:\\d+ locks?|no locks) held by (?<task>\\S+/\\d+).*");
  private static final Pattern ACTOR =
      Pattern.compile("(?<task>\\S+/\\d+) (?:is (?:trying to|freeing)|\\[HC).*");
  private static final Pattern RELEASED =
      Pattern.compile(".* release lock \\((?<lock>.+)\\) at:.*");
  private static final Pattern ATOMIC =
      Pattern.compile("in_atomic.* pid: (?<pid>\\d+), name: (?<name>\\S+).*");
  private static final Pattern TRACE =
      Pattern.compile("(?i)(?:call trace|stack backtrace|backtrace|stack):?(?: .*)?");
  private static final Pattern IGNORED =
      Pattern.compile(
          "(?:Last |Second to last |The buggy |Memory state|Modules linked|RIP: 0033|Possible unsafe"
              + "|Chain exists|other info|Showing all locks|---\\[ end|ORIG_RAX|=+$|Reported by).*");
  private static final Pattern DECORATION =
      Pattern.compile("</?[A-Z#_]+>|\\s*\\.\\.\\.\\s*|---\\[ (?!end).*|\\[ cut here \\].*");
  private static final Pattern REGISTERS =
      Pattern.compile(".*\\b(?:R[A-Z0-9]{2}|[xr]\\d+) ?: [0-9a-f]{16}.*");
  private static final Pattern POISON_OF_LISTS = Pattern.compile("dead0000000001|dead0000000002");
  private static final Pattern POISON_OF_SLABS = Pattern.compile("6b6b6b6b6b6b");

  /** More tasks than any race has. Of a dump of all tasks only those that matter are kept. */
  private static final int MANY_TASKS = 16;

  private final Consumer<RaceReport> sink;
  private final Predicate<String> modelled;

  private @Nullable Symptom symptom;
  private String headline = "";
  private int firstLine;
  private int lastLine;

  /** The last headline that was taken. */
  private int headLine;

  private final List<ThreadBuilder> threads = new ArrayList<>();

  /** Whose stack the next frames are; null where they are nobody's. */
  private @Nullable ThreadBuilder open;

  /** Whose locks are listed. */
  private @Nullable ThreadBuilder owner;

  private @Nullable String acquired;
  private @Nullable String held;
  private boolean holding;

  /**
   * An assembler.
   *
   * @param modelled whether the model has a function
   */
  Assembler(Consumer<RaceReport> sink, Predicate<String> modelled) {
    this.sink = sink;
    this.modelled = modelled;
  }

  /** Takes a line; returns whether it belongs to a report. */
  boolean accept(LogLine line, Headline begun) {
    Symptom next = begun.symptom();
    if (next == null) {
      close();
      return false;
    }
    if (!continues(next, line)) {
      close();
      symptom = next;
      headline = line.text().strip();
      firstLine = line.number();
    }
    lastLine = line.last();
    headLine = line.last();
    if (next == Symptom.BLOCKED) {
      Matcher task = TASK_LINE.matcher(line.text().strip());
      taskBegins(task.matches() ? nameOf(task) : begun.task());
    } else if (next != Symptom.CIRCULAR && next != Symptom.DATA_RACE && threads.isEmpty()) {
      open = thread(Role.ACCESS, begun.task());
    }
    return true;
  }

  private boolean continues(Symptom next, LogLine line) {
    Symptom now = symptom;
    if (now == null) {
      return false;
    }
    if (now == Symptom.BLOCKED && next == Symptom.BLOCKED) {
      return true;
    }
    if (now.kind() == ReportKind.REFCOUNT && next.kind() == ReportKind.REFCOUNT && !hasFrames()) {
      if (line.text().stripLeading().startsWith("refcount_t:")) {
        symptom = next;
        headline = line.text().strip();
      }
      return true;
    }
    boolean sameBug = now.kind() == ReportKind.LIST && next == Symptom.LIST_BROKEN;
    // A decoder of addresses says first what was inlined, and then into what.
    boolean sameAccess =
        now.kind() == ReportKind.KASAN && next == now && line.number() == headLine + 1;
    return (sameBug || sameAccess) && !hasFrames();
  }

  private boolean hasFrames() {
    return threads.stream().anyMatch(thread -> !thread.frames().isEmpty());
  }

  /** Takes a line that begins no report; returns whether it belongs to one. */
  boolean accept(LogLine line) {
    if (symptom == null) {
      return false;
    }
    boolean known = section(line.text().strip()) || frame(line.text());
    if (known) {
      lastLine = line.last();
    }
    return known;
  }

  private boolean frame(String text) {
    ThreadBuilder thread = open;
    if (Frames.counter(text).isPresent()) {
      if (thread != null && thread.frames().isEmpty()) {
        Frames.counter(text).ifPresent(thread::add);
      }
      return true;
    }
    if (Frames.of(text).isPresent()) {
      if (thread != null) {
        Frames.of(text).ifPresent(thread::add);
      }
      return true;
    }
    if (text.isBlank()) {
      boolean ends = thread != null && !thread.frames().isEmpty() && symptom != Symptom.BLOCKED;
      open = ends ? null : thread;
      return true;
    }
    return Frames.isTail(text) || DECORATION.matcher(text.strip()).matches();
  }

  private boolean section(String text) {
    return tasks(text) || stacks(text) || locks(text) || registers(text) || ignored(text);
  }

  private boolean tasks(String text) {
    if (symptom == Symptom.BLOCKED) {
      Matcher task = TASK_LINE.matcher(text);
      if (!task.matches()) {
        task = OLD_TASK_LINE.matcher(text);
      }
      if (task.matches()) {
        if (task.group("state").equals("D")) {
          taskBegins(nameOf(task));
        } else {
          open = null;
        }
        return true;
      }
    }
    Matcher comm = COMM.matcher(text);
    Matcher atomic = ATOMIC.matcher(text);
    Matcher who = comm.matches() ? comm : atomic;
    if (comm.matches() || atomic.matches()) {
      if (!threads.isEmpty() && symptom != Symptom.BLOCKED && symptom != Symptom.DATA_RACE) {
        // Of a chain the last link is what the task does now.
        int current = symptom == Symptom.CIRCULAR ? threads.size() - 1 : 0;
        threads.get(current).name(nameOf(who));
      }
      return true;
    }
    return false;
  }

  private static String nameOf(Matcher matcher) {
    return matcher.group("name") + ":" + matcher.group("pid");
  }

  /** The name and the number of a task, written as the watchdog does. */
  private static String task(Matcher matcher) {
    String task = matcher.group("task");
    int slash = task.lastIndexOf('/');
    return slash < 0 ? task : task.substring(0, slash) + ":" + task.substring(slash + 1);
  }

  /** A task that does not go on; its stack follows. */
  private void taskBegins(String task) {
    owner = null;
    if (task.isEmpty()) {
      open = null;
      return;
    }
    forgetOutsider();
    for (ThreadBuilder known : threads) {
      if (known.task().equals(task)) {
        // The watchdog tells of a task again and again: the first time counts.
        open = known.frames().isEmpty() ? known : null;
        return;
      }
    }
    open = thread(Role.BLOCKED, task);
  }

  /** Drops the last task of a long list where nothing of the model is in its stack. */
  private void forgetOutsider() {
    if (threads.size() > MANY_TASKS) {
      ThreadBuilder last = threads.get(threads.size() - 1);
      if (last.frames().stream().noneMatch(frame -> modelled.test(frame.function()))) {
        threads.remove(threads.size() - 1);
      }
    }
  }

  private boolean stacks(String text) {
    Matcher access = ACCESS.matcher(text);
    if (access.matches()) {
      mainThread().name(task(access));
      return true;
    }
    Matcher racer = RACER.matcher(text);
    if (racer.matches()) {
      open = thread(Role.ACCESS, racer.group("task"));
      return true;
    }
    Matcher allocated = ALLOCATED.matcher(text);
    if (allocated.matches()) {
      open = thread(Role.ALLOCATED, "task " + allocated.group("task"));
      return true;
    }
    Matcher freed = FREED.matcher(text);
    if (freed.matches()) {
      open = thread(Role.FREED, "task " + freed.group("task"));
      return true;
    }
    Matcher link = LINK.matcher(text);
    if (symptom == Symptom.CIRCULAR && link.matches()) {
      open = thread(Role.TAKES, "");
      open.waitsFor(link.group("lock"));
      return true;
    }
    if (TRACE.matcher(text).matches()) {
      traceBegins();
      return true;
    }
    return false;
  }

  private void traceBegins() {
    if (symptom == Symptom.CIRCULAR) {
      // The same as the chain's last link, unless that is missing.
      open = threads.isEmpty() ? currentLink() : null;
    } else if (symptom != Symptom.BLOCKED && symptom != Symptom.DATA_RACE) {
      ThreadBuilder main = mainThread();
      boolean empty = main.frames().size() <= 1;
      open = empty || open == main ? main : open != null && open.frames().isEmpty() ? open : null;
    }
  }

  private ThreadBuilder currentLink() {
    ThreadBuilder link = thread(Role.TAKES, "");
    if (acquired != null) {
      link.waitsFor(acquired);
    }
    if (held != null) {
      link.holds(held, "");
    }
    return link;
  }

  private boolean locks(String text) {
    Matcher owned = OWNER.matcher(text);
    if (owned.matches()) {
      locksOf(task(owned));
      return true;
    }
    Matcher listed = HELD.matcher(text);
    if (listed.matches()) {
      if (owner != null) {
        owner.holds(listed.group("lock"), Frames.name(listed.group("at")));
      }
      open = null;
      return true;
    }
    Matcher actor = ACTOR.matcher(text);
    Matcher released = RELEASED.matcher(text);
    if (released.matches()) {
      acquired = released.group("lock");
      mainThread().waitsFor(acquired);
    }
    if (actor.matches()) {
      holding = symptom == Symptom.HELD_LOCK_FREED;
      open = null;
      if (symptom != Symptom.CIRCULAR) {
        mainThread().name(task(actor));
      }
      return true;
    }
    if (text.contains("already holding lock")) {
      holding = true;
      return true;
    }
    Matcher named = NAMED_LOCK.matcher(text);
    if (symptom != null && symptom.kind() == ReportKind.LOCKDEP && named.matches()) {
      nameLock(named.group("lock"));
      return true;
    }
    return text.contains("depends on the new lock") || text.startsWith("the existing dependency");
  }

  private void nameLock(String lock) {
    if (holding) {
      held = lock;
    } else {
      acquired = lock;
    }
    if (symptom != Symptom.CIRCULAR) {
      if (holding) {
        mainThread().holds(lock, "");
      } else {
        mainThread().waitsFor(lock);
      }
    }
  }

  private void locksOf(String task) {
    open = null;
    owner = null;
    for (ThreadBuilder thread : threads) {
      if (symptom == Symptom.BLOCKED && thread.task().equals(task)) {
        thread.forgetLocks();
        owner = thread;
      }
    }
  }

  private boolean registers(String text) {
    if (!REGISTERS.matcher(text).matches()) {
      return false;
    }
    if (symptom == Symptom.WILD_POINTER) {
      if (POISON_OF_LISTS.matcher(text).find()) {
        symptom = Symptom.LIST_POISON;
      } else if (POISON_OF_SLABS.matcher(text).find()) {
        symptom = Symptom.SLAB_POISON;
      }
    }
    return true;
  }

  private boolean ignored(String text) {
    boolean ends = IGNORED.matcher(text).matches();
    if (ends) {
      boolean begun = open != null && !open.frames().isEmpty();
      boolean other = text.startsWith("Last ") || text.startsWith("Second ");
      open = begun || other ? null : open;
    }
    return ends;
  }

  private ThreadBuilder mainThread() {
    return threads.isEmpty() ? thread(Role.ACCESS, "") : threads.get(0);
  }

  private ThreadBuilder thread(Role role, String task) {
    ThreadBuilder thread = new ThreadBuilder(role, task);
    threads.add(thread);
    return thread;
  }

  /** Hands on what there is: no line follows. */
  void close() {
    Symptom closed = symptom;
    if (closed != null) {
      forgetOutsider();
      List<ReportedThread> told =
          closed == Symptom.CIRCULAR
              ? Chain.of(threads)
              : threads.stream().map(ThreadBuilder::build).toList();
      sink.accept(
          new RaceReport(closed, headline, firstLine, lastLine, told, Missing.of(closed, told)));
    }
    symptom = null;
    threads.clear();
    open = null;
    owner = null;
    acquired = null;
    held = null;
    holding = false;
  }
}
