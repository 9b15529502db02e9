package dev.mmexit.reproduce;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.kernel.FindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints a finding as a kernel would that ran into it. */
final class KernelPrinter {
  private static final Pattern BY = Pattern.compile("\\bin (\\w+)\\(\\) by ([\\w/]+)");
  private static final Pattern HISTORY =
      Pattern.compile("; (freed|allocated) in (?:(\\w+)\\(\\) by )?([\\w/]+)");

  private final List<String> lines = new ArrayList<>();

  private KernelPrinter() {}

  /** The report; empty where a kernel has none for it. */
  static Optional<String> print(Finding finding) {
    KernelPrinter printer = new KernelPrinter();
    boolean printed =
        switch (finding.kind()) {
          case DEADLOCK -> printer.hungTasks(finding);
          case USE_AFTER_FREE -> printer.kasan("use-after-free", finding);
          case DOUBLE_FREE -> printer.kasan("double-free or invalid-free", finding);
          case DATA_RACE -> printer.kcsan(finding);
          case LIST_CORRUPTION -> printer.list(finding);
          case NULL_DEREFERENCE -> printer.oops(finding);
          case LOCK_MISUSE -> printer.lockdep(finding);
          default -> false;
        };
    return printed ? Optional.of(String.join("\n", printer.lines) + "\n") : Optional.empty();
  }

  private boolean hungTasks(Finding finding) {
    int pid = 100;
    List<String> locks = new ArrayList<>();
    for (ThreadReport thread : finding.threads()) {
      if (thread.status() == ThreadStatus.BLOCKED) {
        pid++;
        lines.add("INFO: task task" + pid + ":" + pid + " blocked for more than 120 seconds.");
        lines.add("      Not tainted 4.17.0-rc4 #1");
        lines.add("task" + pid + "         D    0   " + pid + "      1 0x00000000");
        lines.add("Call Trace:");
        frames("__schedule", "schedule");
        String waitsFor = String.valueOf(thread.waitsFor());
        boolean semaphore = waitsFor.contains("sem") || waitsFor.endsWith("->group_lock");
        boolean mutex = !waitsFor.contains(" ") && !semaphore;
        if (mutex) {
          frames("schedule_preempt_disabled", "__mutex_lock.isra.2", "mutex_lock");
        } else if (semaphore) {
          frames("rwsem_down_write_failed", "down_write");
        } else if (waitsFor.contains("srcu")) {
          frames("schedule_timeout", "wait_for_completion", "__synchronize_srcu");
        }
        thread.stack().forEach(this::frames);
        frames("syscall_return_slowpath");
        int number = 0;
        locks.add(
            thread.holds().size()
                + (mutex ? 1 : 0)
                + " locks held by task"
                + pid
                + "/"
                + pid
                + ":");
        for (String lock : thread.holds()) {
          locks.add(held(number++, lock, "somewhere"));
        }
        if (mutex) {
          locks.add(held(number, waitsFor, thread.stack().get(0)));
        }
      }
    }
    lines.add("");
    lines.add("Showing all locks held in the system:");
    lines.addAll(locks);
    return true;
  }

  private static String held(int number, String lock, String at) {
    String name = lock.replaceFirst(" of \\S+$", "").replaceFirst("^mmu_notifier srcu$", "srcu");
    String reference = name.contains("->") ? "&" + name : name;
    return " #" + number + ": 00000000abcd0123 (" + reference + "){+.+.}, at: " + at + "+0x1a/0x2b";
  }

  private boolean kasan(String what, Finding finding) {
    Matcher by = BY.matcher(finding.message());
    if (!by.find()) {
      // A device has no stack.
      return false;
    }
    List<String> stack = stackOf(by.group(2), by.group(1), finding);
    lines.add("==================================================================");
    lines.add("BUG: KASAN: " + what + " in " + by.group(1) + "+0x3f/0x180 [vfio_iommu_type1]");
    lines.add("Read of size 8 at addr ffff8881f1c5a010 by task task/100");
    lines.add("");
    lines.add("Call Trace:");
    frames("dump_stack", "kasan_report");
    stack.forEach(this::frames);
    lines.add("");
    Matcher history = HISTORY.matcher(finding.message());
    while (history.find()) {
      lines.add((history.group(1).equals("freed") ? "Freed" : "Allocated") + " by task 200:");
      frames(history.group(1).equals("freed") ? "kfree" : "kmem_cache_alloc_trace");
      if (history.group(2) != null) {
        // What called it is known of the rest of the interleaving alone.
        frames(history.group(2));
      }
      frames("some_caller");
      lines.add("");
    }
    return true;
  }

  private boolean kcsan(Finding finding) {
    Matcher by = BY.matcher(finding.message());
    List<List<String>> stacks = new ArrayList<>();
    while (by.find()) {
      stacks.add(stackOf(by.group(2), by.group(1), finding));
    }
    lines.add("BUG: KCSAN: data-race in " + stacks.get(0).get(0) + " / " + stacks.get(1).get(0));
    lines.add("");
    lines.add("write to 0xffff888101a2b3c8 of 8 bytes by task 700 on cpu 1:");
    stacks.get(0).forEach(this::frames);
    lines.add("");
    lines.add("read to 0xffff888101a2b3c8 of 8 bytes by task 701 on cpu 0:");
    stacks.get(1).forEach(this::frames);
    return true;
  }

  private boolean list(Finding finding) {
    String message = finding.message();
    Matcher by = BY.matcher(message);
    if (!by.find() || message.contains("reaches the head of another list")) {
      // The walk goes round in another list: a kernel takes its head for an entry, and says
      // nothing.
      return false;
    }
    if (message.startsWith("a walk")) {
      lines.add(
          "general protection fault, probably for non-canonical address 0xdead000000000108: 0000"
              + " [#1] SMP");
      lines.add("CPU: 0 PID: 1 Comm: task Not tainted 4.17.0");
      lines.add("RIP: 0010:" + by.group(1) + "+0x2e/0x60");
    } else {
      lines.add(headline(message));
      lines.add("------------[ cut here ]------------");
      lines.add("kernel BUG at lib/list_debug.c:53!");
      lines.add("RIP: 0010:__list_del_entry_valid+0x64/0x70");
    }
    lines.add("Call Trace:");
    stackOf(by.group(2), by.group(1), finding).forEach(this::frames);
    lines.add("---[ end trace 0b7f6a1d5c2e9f33 ]---");
    return true;
  }

  private static String headline(String message) {
    if (message.contains("next to itself")) {
      return "list_add double add: new=ffff8881, prev=ffff8881, next=ffff8882.";
    }
    if (message.contains("deleted already")) {
      return "list_del corruption, ffff8881->next is LIST_POISON1 (dead000000000100)";
    }
    String function = message.startsWith("list_add") ? "list_add" : "list_del";
    return function
        + (message.contains("predecessor's next")
            ? " corruption. prev->next should be ffff8881, but was ffff8882"
            : " corruption. next->prev should be ffff8881, but was ffff8882");
  }

  private boolean oops(Finding finding) {
    Matcher by = BY.matcher(finding.message());
    if (!by.find()) {
      return false;
    }
    lines.add("BUG: unable to handle kernel NULL pointer dereference at 0000000000000010");
    lines.add("Oops: 0002 [#1] SMP PTI");
    lines.add("CPU: 6 PID: 3012 Comm: task Not tainted 4.17.0");
    lines.add("RIP: 0010:mutex_lock+0x1c/0x40");
    lines.add("Call Trace:");
    stackOf(by.group(2), by.group(1), finding).forEach(this::frames);
    return true;
  }

  private boolean lockdep(Finding finding) {
    String message = finding.message();
    String thread = message.substring(0, message.indexOf(' '));
    String function = message.substring(message.lastIndexOf(' ') + 1);
    List<String> stack = stackOf(thread, function, finding);
    String lock = "(&iommu->lock){+.+.}, at: ";
    if (message.contains("which it holds already")) {
      lines.add("WARNING: possible recursive locking detected");
      lines.add("task/100 is trying to acquire lock:");
      lines.add("00000000abcd0123 " + lock + function + "+0x3f/0x180");
      lines.add("");
      lines.add("but task is already holding lock:");
      lines.add("00000000abcd0123 " + lock + stack.get(stack.size() - 1) + "+0x3f/0x180");
    } else if (message.contains(" releases ")) {
      lines.add("WARNING: bad unlock balance detected!");
      lines.add("task/100 is trying to release lock (&iommu->lock) at:");
      lines.add("[<ffffffffc03f2a10>] " + function + "+0x3d0/0x6b0");
      lines.add("but there are no more locks to release!");
    } else {
      return false;
    }
    lines.add("stack backtrace:");
    lines.add("CPU: 0 PID: 100 Comm: task Not tainted 4.17.0");
    lines.add("Call Trace:");
    stack.forEach(this::frames);
    return true;
  }

  /** The stack of a thread at the end, or its function alone where it has gone on since. */
  private static List<String> stackOf(String thread, String function, Finding finding) {
    return finding.threads().stream()
        .filter(report -> report.name().equals(thread))
        .map(ThreadReport::stack)
        .filter(stack -> !stack.isEmpty() && stack.get(0).equals(function))
        .findFirst()
        .orElse(List.of(function));
  }

  private void frames(String... functions) {
    for (String function : functions) {
      lines.add(" " + function + "+0x1a/0x2b0");
    }
  }

  /** Whether a kernel has a report for such findings at all. */
  static boolean isPrinted(FindingKind kind) {
    return switch (kind) {
      case DEADLOCK,
          USE_AFTER_FREE,
          DOUBLE_FREE,
          DATA_RACE,
          LIST_CORRUPTION,
          NULL_DEREFERENCE,
          LOCK_MISUSE ->
          true;
      default -> false;
    };
  }
}
