package dev.mmexit.generate;

import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.FailDecl;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.MemoryModel;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios that have one part less than a scenario, those with the largest part gone first:
 * without a thread, an object and all that names it, an operation of a thread or of the set-up, a
 * device, a call that fails, an option, the final condition, a register. They may be no scenarios
 * at all, as where a condition reads a register that is gone.
 */
final class Reductions {
  private static final int FIRST_PID = 100;
  private static final int MIN_PASID = 1;
  private static final int MAX_PASID = 15;

  /** How many options a group has. */
  private static final int OPTIONS = 7;

  private final Scenario scenario;
  private final List<Scenario> found = new ArrayList<>();

  private Reductions(Scenario scenario) {
    this.scenario = scenario;
  }

  static List<Scenario> of(Scenario scenario) {
    Reductions reductions = new Reductions(scenario);
    reductions.condition();
    reductions.threads();
    reductions.objects();
    reductions.steps();
    reductions.devices();
    reductions.fails();
    reductions.options();
    reductions.registers();
    return List.copyOf(reductions.found);
  }

  private void condition() {
    if (scenario.condition() != null) {
      found.add(new Parts(scenario).condition(null).scenario());
      found.add(
          new Parts(scenario)
              .condition(null)
              .threads(thread -> with(thread, steps(thread, Reductions::withoutRegister)))
              .scenario());
    }
  }

  private void threads() {
    for (ThreadDecl gone : scenario.threads()) {
      found.add(new Parts(scenario).threads(each -> each.equals(gone) ? null : each).scenario());
    }
  }

  private void objects() {
    for (ContainerDecl container : scenario.containers()) {
      without(Set.of(container.name()));
    }
    for (GroupDecl group : scenario.groups()) {
      Set<String> gone = new TreeSet<>(group.devices());
      gone.add(group.name());
      without(gone);
    }
    for (ProcessDecl process : scenario.processes()) {
      without(Set.of(process.name()));
    }
    Set<String> made = new TreeSet<>();
    all(
        step -> {
          if (step.operation() instanceof Operation.Fork fork) {
            made.add(fork.child());
          } else if (step.operation() instanceof Operation.CloneVm clone) {
            made.add(clone.task());
          }
        });
    made.forEach(name -> without(Set.of(name)));
  }

  private void all(Consumer<Step> consumer) {
    scenario.setup().forEach(consumer);
    scenario.threads().forEach(thread -> thread.steps().forEach(consumer));
  }

  /** Without objects, and without all that names one of them. */
  private void without(Set<String> gone) {
    Predicate<Step> stays =
        step -> Arrays.stream(step.operation().text().split(" ", -1)).noneMatch(gone::contains);
    found.add(
        new Parts(scenario)
            .setup(scenario.setup().stream().filter(stays).toList())
            .threads(thread -> with(thread, thread.steps().stream().filter(stays).toList()))
            .declarations(name -> !gone.contains(name))
            .scenario());
  }

  private void steps() {
    for (ThreadDecl thread : scenario.threads()) {
      for (int i = 0; i < thread.steps().size() && thread.steps().size() > 1; i++) {
        List<Step> steps = without(thread.steps(), i);
        found.add(
            new Parts(scenario)
                .threads(each -> each.equals(thread) ? with(thread, steps) : each)
                .scenario());
      }
    }
    for (int i = 0; i < scenario.setup().size(); i++) {
      found.add(new Parts(scenario).setup(without(scenario.setup(), i)).scenario());
    }
  }

  private void devices() {
    for (GroupDecl group : scenario.groups()) {
      for (int i = 0; i < group.devices().size() && group.devices().size() > 1; i++) {
        String gone = group.devices().get(i);
        Predicate<Step> stays =
            step -> !Arrays.asList(step.operation().text().split(" ", -1)).contains(gone);
        List<String> left = without(group.devices(), i);
        found.add(
            new Parts(scenario)
                .setup(scenario.setup().stream().filter(stays).toList())
                .threads(thread -> with(thread, thread.steps().stream().filter(stays).toList()))
                .groups(each -> each.equals(group) ? withDevices(group, left) : each)
                .scenario());
      }
    }
  }

  private void fails() {
    for (int i = 0; i < scenario.fails().size(); i++) {
      found.add(new Parts(scenario).fails(without(scenario.fails(), i)).scenario());
    }
  }

  private void options() {
    if (scenario.memory() != MemoryModel.KASAN) {
      found.add(scenario.with(MemoryModel.KASAN));
    }
    for (ContainerDecl container : scenario.containers()) {
      if (container.nesting()) {
        ContainerDecl plain = new ContainerDecl(container.name(), false, container.position());
        found.add(
            new Parts(scenario)
                .containers(each -> each.equals(container) ? plain : each)
                .scenario());
      }
    }
    for (GroupDecl group : scenario.groups()) {
      for (GroupDecl plainer : plainer(group)) {
        found.add(
            new Parts(scenario).groups(each -> each.equals(group) ? plainer : each).scenario());
      }
    }
    for (int i = 0; i < scenario.processes().size(); i++) {
      ProcessDecl process = scenario.processes().get(i);
      if (process.uid() != 0) {
        replace(process, new ProcessDecl(process.name(), 0, process.pid(), process.position()));
      }
      if (process.pid() != FIRST_PID + i) {
        replace(
            process,
            new ProcessDecl(process.name(), process.uid(), FIRST_PID + i, process.position()));
      }
    }
  }

  private void replace(ProcessDecl old, ProcessDecl plain) {
    found.add(new Parts(scenario).processes(each -> each.equals(old) ? plain : each).scenario());
  }

  /** The group with one of its options as usual. */
  private static List<GroupDecl> plainer(GroupDecl group) {
    GroupDecl usual =
        new GroupDecl(
            group.name(),
            group.devices(),
            true,
            GroupDecl.Ops.SMMU,
            true,
            false,
            true,
            MIN_PASID,
            MAX_PASID,
            false,
            group.position());
    List<GroupDecl> plainer = new ArrayList<>();
    for (int option = 0; option < OPTIONS; option++) {
      GroupDecl one = withOption(group, usual, option);
      if (!one.equals(group)) {
        plainer.add(one);
      }
    }
    return plainer;
  }

  private static GroupDecl withOption(GroupDecl group, GroupDecl usual, int option) {
    return new GroupDecl(
        group.name(),
        group.devices(),
        (option == 0 ? usual : group).defaultDomain(),
        (option == 1 ? usual : group).ops(),
        (option == 2 ? usual : group).coherent(),
        (option == 3 ? usual : group).msi(),
        (option == 4 ? usual : group).sva(),
        (option == 5 ? usual : group).minPasid(),
        (option == 5 ? usual : group).maxPasid(),
        (option == 6 ? usual : group).mdev(),
        group.position());
  }

  private static GroupDecl withDevices(GroupDecl group, List<String> devices) {
    return new GroupDecl(
        group.name(),
        devices,
        group.defaultDomain(),
        group.ops(),
        group.coherent(),
        group.msi(),
        group.sva(),
        group.minPasid(),
        group.maxPasid(),
        group.mdev(),
        group.position());
  }

  private void registers() {
    all(
        step -> {
          if (step.register() != null) {
            UnaryOperator<Step> change = each -> each.equals(step) ? withoutRegister(each) : each;
            found.add(
                new Parts(scenario)
                    .setup(scenario.setup().stream().map(change).toList())
                    .threads(thread -> with(thread, steps(thread, change)))
                    .scenario());
          }
        });
  }

  private static Step withoutRegister(Step step) {
    return step.register() == null ? step : Step.of(step.operation(), null, step.position());
  }

  private static List<Step> steps(ThreadDecl thread, UnaryOperator<Step> change) {
    return thread.steps().stream().map(change).toList();
  }

  private static ThreadDecl with(ThreadDecl thread, List<Step> steps) {
    return new ThreadDecl(thread.name(), steps, thread.position());
  }

  private static <T> List<T> without(List<T> all, int index) {
    List<T> left = new ArrayList<>(all);
    left.remove(index);
    return left;
  }

  /** A scenario in the making. Threads without an operation are left out. */
  private static final class Parts {
    private final Scenario whole;
    private List<ContainerDecl> containers;
    private List<GroupDecl> groups;
    private List<ProcessDecl> processes;
    private List<Step> setup;
    private List<ThreadDecl> threads;
    private List<FailDecl> fails;
    private @Nullable Condition condition;

    Parts(Scenario whole) {
      this.whole = whole;
      containers = whole.containers();
      groups = whole.groups();
      processes = whole.processes();
      setup = whole.setup();
      threads = whole.threads();
      fails = whole.fails();
      condition = whole.condition();
    }

    Parts setup(List<Step> steps) {
      setup = steps;
      return this;
    }

    Parts threads(ThreadChange change) {
      List<ThreadDecl> changed = new ArrayList<>();
      for (ThreadDecl thread : threads) {
        ThreadDecl next = change.of(thread);
        if (next != null && !next.steps().isEmpty()) {
          changed.add(next);
        }
      }
      threads = changed;
      return this;
    }

    Parts containers(UnaryOperator<ContainerDecl> change) {
      containers = containers.stream().map(change).toList();
      return this;
    }

    Parts groups(UnaryOperator<GroupDecl> change) {
      groups = groups.stream().map(change).toList();
      return this;
    }

    Parts processes(UnaryOperator<ProcessDecl> change) {
      processes = processes.stream().map(change).toList();
      return this;
    }

    Parts declarations(Predicate<String> stays) {
      containers = containers.stream().filter(each -> stays.test(each.name())).toList();
      groups = groups.stream().filter(each -> stays.test(each.name())).toList();
      boolean usual = haveUsualPids(processes);
      List<ProcessDecl> left = new ArrayList<>();
      for (ProcessDecl each : processes) {
        if (stays.test(each.name())) {
          int pid = usual ? FIRST_PID + left.size() : each.pid();
          left.add(new ProcessDecl(each.name(), each.uid(), pid, each.position()));
        }
      }
      processes = left;
      return this;
    }

    private static boolean haveUsualPids(Collection<ProcessDecl> processes) {
      int pid = FIRST_PID;
      for (ProcessDecl each : processes) {
        if (each.pid() != pid++) {
          return false;
        }
      }
      return true;
    }

    Parts fails(List<FailDecl> declarations) {
      fails = declarations;
      return this;
    }

    Parts condition(@Nullable Condition its) {
      condition = its;
      return this;
    }

    Scenario scenario() {
      return new Scenario(
          whole.name(),
          whole.description(),
          containers,
          groups,
          processes,
          setup,
          threads,
          condition,
          Map.of(),
          whole.memory(),
          fails,
          null,
          "");
    }
  }

  /** What becomes of a thread; null for nothing. */
  @FunctionalInterface
  private interface ThreadChange {
    @Nullable ThreadDecl of(ThreadDecl thread);
  }
}
