package dev.mmexit.generate;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.ContainerDecl;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.ProcessDecl;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What findings of different scenarios have in common that are the same: the kind, the functions,
 * and what objects are. Names of objects make no difference, nor do PASIDs.
 *
 * @param kind the kind
 * @param place where it is, with {@code container}, {@code group}, {@code device} and {@code
 *     process} for their names; a second object of one sort is {@code process 2}
 * @param functions for each thread that has part in it, the function that it is in and the one by
 *     which it entered the kernel, as {@code io_mm_detach_locked <- vfio_iommu_type1_detach_group}
 */
public record FindingClass(FindingKind kind, String place, List<String> functions)
    implements Comparable<FindingClass> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern PASID = Pattern.compile("PASID [0-9]+|PASIDs \\[[0-9, ]+\\]");
  private static final Comparator<FindingClass> ORDER =
      Comparator.comparing(FindingClass::kind)
          .thenComparing(FindingClass::place)
          .thenComparing(found -> String.join("; ", found.functions));

  public FindingClass {
    functions = List.copyOf(functions);
  }

  /** That of a finding of that scenario. */
  public static FindingClass of(Scenario scenario, Finding finding) {
    return new FindingClass(finding.kind(), roles(scenario, finding.place()), functions(finding));
  }

  /** Whether both are of one kind at one place, however threads came there. */
  public boolean isLike(FindingClass other) {
    return kind == other.kind && place.equals(other.place);
  }

  private static String roles(Scenario scenario, String place) {
    Map<String, String> sorts = sorts(scenario);
    Map<String, String> roles = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    Matcher matcher = NAME.matcher(PASID.matcher(place).replaceAll("some PASID"));
    return matcher.replaceAll(
        word -> {
          String sort = sorts.get(word.group());
          return sort == null
              ? Matcher.quoteReplacement(word.group())
              : roles.computeIfAbsent(
                  word.group(),
                  name -> {
                    int count = counts.merge(sort, 1, Integer::sum);
                    return count == 1 ? sort : sort + " " + count;
                  });
        });
  }

  private static Map<String, String> sorts(Scenario scenario) {
    Map<String, String> sorts = new HashMap<>();
    for (ContainerDecl container : scenario.containers()) {
      sorts.put(container.name(), "container");
    }
    for (GroupDecl group : scenario.groups()) {
      sorts.put(group.name(), "group");
      group.devices().forEach(device -> sorts.put(device, "device"));
    }
    for (ProcessDecl process : scenario.processes()) {
      sorts.put(process.name(), "process");
    }
    List<Step> steps = new ArrayList<>(scenario.setup());
    scenario.threads().forEach(thread -> steps.addAll(thread.steps()));
    for (Step step : steps) {
      if (step.operation() instanceof Operation.Fork fork) {
        sorts.put(fork.child(), "process");
      } else if (step.operation() instanceof Operation.CloneVm clone) {
        sorts.put(clone.task(), "process");
      }
    }
    return sorts;
  }

  /** Threads that stand in a function of the place have part in the finding. */
  private static List<String> functions(Finding finding) {
    TreeSet<String> functions = new TreeSet<>();
    for (ThreadReport thread : finding.threads()) {
      List<String> stack = thread.stack();
      if (!stack.isEmpty() && names(finding.place(), stack.get(0))) {
        String entry = stack.get(stack.size() - 1);
        functions.add(stack.size() == 1 ? entry : stack.get(0) + " <- " + entry);
      }
    }
    return List.copyOf(functions);
  }

  private static boolean names(String place, String function) {
    return Pattern.compile("\\b" + Pattern.quote(function) + "\\b").matcher(place).find();
  }

  @Override
  public int compareTo(FindingClass other) {
    return ORDER.compare(this, other);
  }
}
