package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.reproduce.read.Role;
import dev.mmexit.reproduce.read.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The threads of a finding that can be what a report tells of. */
final class Parties {
  private static final String SECTIONS = "the read sections of ";
  private static final String WORK = "the work on ";
  private static final String MM_EXIT = "mm_exit of bond ";
  private static final String MM_EXIT_QUEUE = "bond->mm_exit_wq";
  private static final Pattern OBJECT = Pattern.compile(" of \\S+$");

  private final Finding finding;
  private final Model model;
  private final Stacks stacks;

  Parties(Finding finding, Model model) {
    this.finding = finding;
    this.model = model;
    this.stacks = new Stacks(finding);
  }

  /** Those that can be in a role. */
  List<Party> of(Role role) {
    return switch (role) {
      case BLOCKED, TAKES -> blocked();
      case ACCESS ->
          finding.kind() == FindingKind.DEADLOCK
              ? blocked()
              : Words.deeds(finding).stream().map(this::actor).toList();
      case FREED -> past(Words.freed(finding), "kfree ");
      case ALLOCATED -> past(Words.allocated(finding), "kzalloc ");
    };
  }

  private List<Party> blocked() {
    if (finding.kind() == FindingKind.LOCK_MISUSE) {
      return Words.deeds(finding).stream().map(this::atItsOwnLock).toList();
    }
    return finding.threads().stream()
        .filter(thread -> thread.status() == ThreadStatus.BLOCKED)
        .map(this::waiting)
        .toList();
  }

  private Party waiting(ThreadReport thread) {
    String lock = lock(thread.waitsFor());
    return new Party(
        thread.name(),
        thread.stack(),
        false,
        lock == null ? Waits.UNKNOWN : model.waits(lock),
        lock,
        held(thread));
  }

  /** Whoever takes a lock that he holds: a kernel waits there for ever. */
  private Party atItsOwnLock(Words.Deed deed) {
    Party actor = actor(deed);
    String lock = lockIn(finding.message());
    return new Party(
        actor.name(),
        actor.stack(),
        actor.partial(),
        lock == null ? Waits.UNKNOWN : model.waits(lock),
        lock,
        thread(deed.thread()).map(Parties::held).orElse(List.of()));
  }

  private Party actor(Words.Deed deed) {
    List<String> stack = thread(deed.thread()).map(ThreadReport::stack).orElse(List.of());
    boolean there =
        !stack.isEmpty() && (deed.function().isEmpty() || stack.get(0).equals(deed.function()));
    if (!there) {
      List<String> past =
          stacks.last(deed.thread(), line -> line.function().equals(deed.function()));
      stack = past.isEmpty() ? stack : past;
    }
    return new Party(
        deed.thread(),
        stack.isEmpty() && !deed.function().isEmpty() ? List.of(deed.function()) : stack,
        stack.isEmpty(),
        Waits.UNKNOWN,
        lockIn(finding.message()),
        thread(deed.thread()).map(Parties::held).orElse(List.of()));
  }

  private List<Party> past(Optional<Words.Deed> deed, String verb) {
    if (deed.isEmpty() || deed.get().function().isEmpty()) {
      return List.of();
    }
    String function = deed.get().function();
    String thread = deed.get().thread();
    List<String> stack =
        stacks.last(
            thread, line -> line.function().equals(function) && line.text().startsWith(verb));
    return List.of(
        stack.isEmpty()
            ? Party.at(thread, List.of(function), true)
            : Party.at(thread, stack, false));
  }

  private Optional<ThreadReport> thread(String name) {
    return finding.threads().stream().filter(thread -> thread.name().equals(name)).findFirst();
  }

  private static List<String> held(ThreadReport thread) {
    List<String> held = new ArrayList<>();
    thread.holds().forEach(lock -> held.add(OBJECT.matcher(lock).replaceFirst("")));
    return held;
  }

  /** The class of what a thread waits for. */
  private static @Nullable String lock(@Nullable String waitsFor) {
    if (waitsFor == null) {
      return null;
    }
    if (waitsFor.startsWith(MM_EXIT)) {
      return MM_EXIT_QUEUE;
    }
    for (String words : List.of(SECTIONS, WORK)) {
      if (waitsFor.startsWith(words)) {
        return waitsFor.substring(words.length());
      }
    }
    return OBJECT.matcher(waitsFor).replaceFirst("");
  }

  private @Nullable String lockIn(String message) {
    for (String lock : model.locks()) {
      if (message.contains(" " + lock)) {
        return lock;
      }
    }
    return null;
  }
}
