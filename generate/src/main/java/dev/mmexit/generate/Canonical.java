package dev.mmexit.generate;

import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.FailDecl;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioWriter;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one form that all scenarios have which differ by the names of objects and threads and by the
 * order of threads alone.
 *
 * <p>Objects are named in the order in which the set-up names them first, and then the threads: C0,
 * G0, D0, P0 and so on; the devices of a group keep their order. Declarations are in that order,
 * too. Longer threads come first. Of the orders of threads that are left, it is the one whose
 * operations come first; {@link Generator} makes scenarios that have this form.
 */
public final class Canonical {
  private static final int FIRST_PID = 100;
  private static final int DEVICES = 1000;
  private static final Comparator<int[]> LEXICOGRAPHIC = Arrays::compare;

  private final Scenario scenario;
  private final Map<String, Integer> devicePlaces = new HashMap<>();
  private final Map<String, String> groupOfDevice = new HashMap<>();

  private Canonical(Scenario scenario) {
    this.scenario = scenario;
    for (GroupDecl group : scenario.groups()) {
      for (int place = 0; place < group.devices().size(); place++) {
        groupOfDevice.put(group.devices().get(place), group.name());
        devicePlaces.put(group.devices().get(place), place);
      }
    }
  }

  /** The canonical form; name, description and expectations stay, registers too. */
  public static Scenario of(Scenario scenario) {
    return new Canonical(scenario).form();
  }

  /** A text that two scenarios share exactly where they are equivalent. */
  public static String key(Scenario scenario) {
    Scenario form = of(scenario);
    return ScenarioWriter.write(
        new Scenario(
            "canonical",
            "",
            form.containers(),
            form.groups(),
            form.processes(),
            form.setup(),
            form.threads(),
            form.condition(),
            Map.of(),
            form.memory(),
            form.fails(),
            null,
            ""));
  }

  private Scenario form() {
    List<Integer> lengths =
        scenario.threads().stream()
            .map(thread -> thread.steps().size())
            .sorted(Comparator.reverseOrder())
            .toList();
    List<List<Integer>> orders = new ArrayList<>();
    order(lengths, new ArrayList<>(), orders);
    Scenario best = null;
    int[] bestKey = {};
    for (List<Integer> order : orders) {
      Names names = names(order);
      int[] key = key(order, names);
      int compared = best == null ? -1 : LEXICOGRAPHIC.compare(key, bestKey);
      if (compared > 0) {
        continue;
      }
      Scenario next = renamed(order, names);
      if (best == null || compared < 0 || next.sourceText().compareTo(best.sourceText()) < 0) {
        best = next;
        bestKey = key;
      }
    }
    return best == null ? scenario : best;
  }

  private void order(List<Integer> lengths, List<Integer> order, List<List<Integer>> found) {
    if (order.size() == lengths.size()) {
      found.add(List.copyOf(order));
      return;
    }
    for (int thread = 0; thread < lengths.size(); thread++) {
      if (!order.contains(thread)
          && scenario.threads().get(thread).steps().size() == lengths.get(order.size())) {
        order.add(thread);
        order(lengths, order, found);
        order.remove(order.size() - 1);
      }
    }
  }

  /** Names by first use, where threads come in that order. */
  private Names names(List<Integer> order) {
    Names names = new Names();
    List<String> used = new ArrayList<>();
    scenario.setup().forEach(step -> used.addAll(words(step)));
    for (int thread : order) {
      scenario.threads().get(thread).steps().forEach(step -> used.addAll(words(step)));
    }
    used.replaceAll(name -> groupOfDevice.getOrDefault(name, name));
    List<String> containers = scenario.containers().stream().map(ContainerDecl::name).toList();
    List<String> groups = scenario.groups().stream().map(GroupDecl::name).toList();
    List<String> processes = new ArrayList<>(used);
    processes.removeAll(containers);
    processes.removeAll(groups);
    scenario.processes().forEach(process -> processes.add(process.name()));
    number(names, "C", used, containers);
    number(names, "G", used, groups);
    number(names, "P", processes, processes);
    int device = 0;
    for (GroupDecl group : sorted(scenario.groups(), GroupDecl::name, names)) {
      for (String each : group.devices()) {
        names.put(each, "D" + device++);
      }
    }
    for (int column = 0; column < order.size(); column++) {
      names.put(scenario.threads().get(order.get(column)).name(), "T" + column);
    }
    return names;
  }

  /** Those that are used come first; the others as they are declared. */
  private static void number(Names names, String letter, List<String> used, List<String> declared) {
    List<String> all = new ArrayList<>(used);
    all.addAll(declared);
    int number = 0;
    for (String name : all) {
      if (declared.contains(name) && !names.knows(name)) {
        names.put(name, letter + number++);
      }
    }
  }

  /** The objects that a step names, in the order of its text. */
  private static List<String> words(Step step) {
    List<String> words = new ArrayList<>(List.of(step.operation().text().split(" ", -1)));
    words.remove(0);
    words.remove("by");
    return words;
  }

  private static <T> List<T> sorted(List<T> declared, Function<T, String> name, Names names) {
    return declared.stream()
        .sorted(Comparator.comparingInt(each -> number(names.of(name.apply(each)))))
        .toList();
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(1));
  }

  /** Operations and groups as numbers, in the order in which they are compared. */
  private int[] key(List<Integer> order, Names names) {
    List<Integer> key = new ArrayList<>();
    for (int thread : order) {
      for (Step step : scenario.threads().get(thread).steps()) {
        String text = step.operation().text();
        String word = text.substring(0, (text + " ").indexOf(' '));
        int kind = OperationKind.words().indexOf(text.contains(" by ") ? word + "-by" : word);
        key.add(kind < 0 ? OperationKind.values().length : kind);
        words(step).forEach(name -> key.add(number(name, names)));
      }
    }
    for (GroupDecl group : sorted(scenario.groups(), GroupDecl::name, names)) {
      key.add(group.devices().size());
      key.add(group.defaultDomain() ? 0 : 1);
      key.add(group.mdev() ? 2 : group.ops() == GroupDecl.Ops.GENERIC ? 1 : 0);
    }
    return key.stream().mapToInt(Integer::intValue).toArray();
  }

  private int number(String name, Names names) {
    String group = groupOfDevice.get(name);
    return group == null
        ? number(names.of(name))
        : number(names.of(group)) * DEVICES + devicePlaces.getOrDefault(name, 0);
  }

  private Scenario renamed(List<Integer> order, Names names) {
    List<ContainerDecl> containers =
        sorted(scenario.containers(), ContainerDecl::name, names).stream()
            .map(each -> new ContainerDecl(names.of(each.name()), each.nesting(), each.position()))
            .toList();
    List<GroupDecl> groups =
        sorted(scenario.groups(), GroupDecl::name, names).stream()
            .map(each -> renamed(each, names))
            .toList();
    List<ThreadDecl> threads = new ArrayList<>();
    for (int thread : order) {
      ThreadDecl each = scenario.threads().get(thread);
      threads.add(
          new ThreadDecl(
              names.of(each.name()),
              each.steps().stream().map(names::of).toList(),
              each.position()));
    }
    return Scenarios.withOwnText(
        new Scenario(
            scenario.name(),
            scenario.description(),
            containers,
            groups,
            processes(names),
            scenario.setup().stream().map(names::of).toList(),
            threads,
            condition(names),
            scenario.expectations(),
            scenario.memory(),
            scenario.fails().stream().map(each -> renamed(each, names)).toList(),
            null,
            ""));
  }

  private static GroupDecl renamed(GroupDecl group, Names names) {
    return new GroupDecl(
        names.of(group.name()),
        group.devices().stream().map(names::of).toList(),
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

  /** Pids that nobody chose are given anew. */
  private List<ProcessDecl> processes(Names names) {
    boolean usual = true;
    for (int i = 0; i < scenario.processes().size(); i++) {
      usual &= scenario.processes().get(i).pid() == FIRST_PID + i;
    }
    List<ProcessDecl> processes = new ArrayList<>();
    for (ProcessDecl each : sorted(scenario.processes(), ProcessDecl::name, names)) {
      int pid = usual ? FIRST_PID + processes.size() : each.pid();
      processes.add(new ProcessDecl(names.of(each.name()), each.uid(), pid, each.position()));
    }
    return processes;
  }

  private @Nullable Condition condition(Names names) {
    Condition condition = scenario.condition();
    return condition == null
        ? null
        : Condition.of(condition.quantifier(), names.of(condition.expr()));
  }

  private static FailDecl renamed(FailDecl fail, Names names) {
    return fail instanceof FailDecl.Nth nth && nth.on() != null
        ? new FailDecl.Nth(nth.site(), nth.nth(), names.of(nth.on()), nth.position())
        : fail;
  }
}
