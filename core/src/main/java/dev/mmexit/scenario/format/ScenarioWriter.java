package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FindingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes scenarios as text, in one canonical form, that {@link ScenarioParser} reads back. */
public final class ScenarioWriter {
  private static final int FIRST_PID = 100;

  private final Scenario scenario;
  private final StringBuilder out = new StringBuilder();

  private ScenarioWriter(Scenario scenario) {
    this.scenario = scenario;
  }

  /** The text of a scenario. What has its usual value is left out. */
  public static String write(Scenario scenario) {
    return new ScenarioWriter(scenario).write();
  }

  private String write() {
    line("VFIO " + scenario.name());
    if (!scenario.description().isEmpty()) {
      line("\"" + scenario.description() + "\"");
    }
    line("{");
    writeDeclarations();
    scenario.setup().forEach(step -> line("  " + step.text()));
    line("}");
    writeTable();
    Condition condition = scenario.condition();
    if (condition != null) {
      line(condition.text());
    }
    scenario.expectations().values().forEach(this::writeExpectation);
    return out.toString();
  }

  private void writeDeclarations() {
    if (scenario.memory() != MemoryModel.KASAN) {
      line("  memory " + scenario.memory().label());
    }
    for (ContainerDecl container : scenario.containers()) {
      List<String> options = container.nesting() ? List.of("nesting") : List.of();
      line("  container " + container.name() + inBrackets(options));
    }
    for (GroupDecl group : scenario.groups()) {
      String devices = String.join(" ", group.devices());
      line("  group " + group.name() + " = " + devices + inBrackets(options(group)));
    }
    boolean pids = !haveUsualPids(scenario.processes());
    for (ProcessDecl process : scenario.processes()) {
      line("  process " + process.name() + inBrackets(options(process, pids)));
    }
    scenario.fails().forEach(this::writeFail);
  }

  private static List<String> options(GroupDecl group) {
    List<String> options = new ArrayList<>();
    if (!group.defaultDomain()) {
      options.add("default-domain=no");
    }
    if (group.ops() != GroupDecl.Ops.SMMU) {
      options.add("ops=" + group.ops().label());
    }
    if (!group.coherent()) {
      options.add("coherent=no");
    }
    if (group.msi()) {
      options.add("msi=yes");
    }
    if (!group.sva()) {
      options.add("sva=no");
    }
    if (group.minPasid() != 1 || group.maxPasid() != 15) {
      options.add("pasids=" + group.minPasid() + ".." + group.maxPasid());
    }
    if (group.mdev()) {
      options.add("mdev");
    }
    return options;
  }

  private static List<String> options(ProcessDecl process, boolean withPid) {
    List<String> options = new ArrayList<>();
    if (process.uid() != 0) {
      options.add("uid=" + process.uid());
    }
    if (withPid) {
      options.add("pid=" + process.pid());
    }
    return options;
  }

  private static boolean haveUsualPids(List<ProcessDecl> processes) {
    for (int i = 0; i < processes.size(); i++) {
      if (processes.get(i).pid() != FIRST_PID + i) {
        return false;
      }
    }
    return true;
  }

  private static String inBrackets(List<String> options) {
    return options.isEmpty() ? "" : " [" + String.join(" ", options) + "]";
  }

  private void writeFail(FailDecl fail) {
    if (fail instanceof FailDecl.Nth nth) {
      line(
          "  fail "
              + nth.site().label()
              + (nth.nth() == 1 ? "" : " nth=" + nth.nth())
              + (nth.on() == null ? "" : " on=" + nth.on()));
    } else if (fail instanceof FailDecl.Any any) {
      line("  fail any" + (any.max() == 1 ? "" : " max=" + any.max()));
    }
  }

  private void writeTable() {
    List<ThreadDecl> threads = scenario.threads();
    int rows = threads.stream().mapToInt(thread -> thread.steps().size()).max().orElse(0);
    List<List<String>> columns = new ArrayList<>();
    for (ThreadDecl thread : threads) {
      List<String> column = new ArrayList<>(List.of(thread.name()));
      thread.steps().forEach(step -> column.add(step.text()));
      int width = column.stream().mapToInt(String::length).max().orElse(0);
      while (column.size() <= rows) {
        column.add("");
      }
      column.replaceAll(cell -> cell + " ".repeat(width - cell.length()));
      columns.add(column);
    }
    for (int row = 0; row <= rows; row++) {
      int at = row;
      line(
          columns.stream()
              .map(column -> column.get(at))
              .collect(Collectors.joining(" | ", " ", " ;")));
    }
  }

  private void writeExpectation(Expectation expectation) {
    String kinds =
        expectation.kinds().stream().map(FindingKind::label).collect(Collectors.joining(", "));
    line("expect " + expectation.variant() + ": " + (kinds.isEmpty() ? "clean" : kinds));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
