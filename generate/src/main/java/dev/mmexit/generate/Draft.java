package dev.mmexit.generate;

import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.MemoryModel;
import dev.mmexit.scenario.format.Position;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioWriter;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A generated scenario with numbers in place of names: from 0, in the order of first use by the
 * set-up, then by the threads.
 */
record Draft(List<Op> setup, List<List<Op>> threads, List<GroupKind> groups) {
  private static final int FIRST_PID = 100;
  private static final Position NOWHERE = new Position(1, 1);

  /** The operations of the set-up and of all threads. */
  List<Op> operations() {
    List<Op> all = new ArrayList<>(setup);
    threads.forEach(all::addAll);
    return all;
  }

  /** The scenario; its text is what {@link ScenarioWriter} writes. */
  Scenario named(String name, String description) {
    List<List<String>> devices = new ArrayList<>();
    List<GroupDecl> groupDecls = new ArrayList<>();
    int device = 0;
    for (GroupKind kind : groups) {
      int first = device;
      device += kind.devices();
      List<String> its = IntStream.range(first, device).mapToObj(d -> "D" + d).toList();
      devices.add(its);
      groupDecls.add(kind.named("G" + groupDecls.size(), its));
    }
    List<ThreadDecl> columns = new ArrayList<>();
    for (List<Op> thread : threads) {
      columns.add(new ThreadDecl("T" + columns.size(), steps(thread, devices), NOWHERE));
    }
    Scenario scenario =
        new Scenario(
            name,
            description,
            containers(),
            groupDecls,
            processes(),
            steps(setup, devices),
            columns,
            null,
            Map.of(),
            MemoryModel.KASAN,
            List.of(),
            null,
            "");
    return Scenarios.withOwnText(scenario);
  }

  private List<ContainerDecl> containers() {
    int count = operations().stream().mapToInt(Op::container).max().orElse(Op.NONE) + 1;
    return IntStream.range(0, count)
        .mapToObj(number -> new ContainerDecl("C" + number, false, NOWHERE))
        .toList();
  }

  private List<ProcessDecl> processes() {
    List<Op> all = operations();
    Set<Integer> made = new HashSet<>();
    int count = 0;
    for (Op op : all) {
      made.add(op.child());
      count = Math.max(count, Math.max(op.process(), op.other()) + 1);
    }
    List<ProcessDecl> declared = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      if (!made.contains(number)) {
        declared.add(new ProcessDecl("P" + number, 0, FIRST_PID + declared.size(), NOWHERE));
      }
    }
    return declared;
  }

  private static List<Step> steps(List<Op> operations, List<List<String>> devices) {
    List<Step> steps = new ArrayList<>();
    for (Op op : operations) {
      String device = op.device() == Op.NONE ? "" : devices.get(op.group()).get(op.device());
      steps.add(Step.of(op.named(device), null, NOWHERE));
    }
    return steps;
  }
}
