package dev.mmexit.html;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.ReplayCommand;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ConditionResult;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.kernel.FindingKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page's scripts read. The index is read when the page opens; the details of a result, one
 * line of JSON each, and the strings that they name by number are read when somebody looks.
 */
final class PageData {
  /**
   * The index.
   *
   * @param tool name and version of the program that made the result
   * @param variants the names of the variants, in the order in which they were given
   * @param kinds every kind of finding, with its summary
   * @param text strings that the rest of the index names by number
   * @param rows one for each scenario
   */
  record Index(
      String tool, List<String> variants, List<Kind> kinds, List<String> text, List<Row> rows) {}

  /** A kind of finding. */
  record Kind(String label, String summary) {}

  /**
   * A scenario.
   *
   * @param key what stands for it in links
   * @param results one for each variant, in the order of the variants; null where there is none
   */
  record Row(String key, String scenario, String file, List<@Nullable Cell> results) {}

  /**
   * A scenario on a variant.
   *
   * @param verdict the verdict's name
   * @param counts states, executions, transitions
   * @param findings kind, whether it is expected (1 or 0), numbers of the message and the place
   * @param expected the kinds expected; null where the scenario says nothing of the variant
   * @param missing the kinds that were expected and not found
   * @param finals the numbers of the final states
   * @param line which line of the details
   */
  record Cell(
      String verdict,
      boolean complete,
      @Nullable String bound,
      List<Long> counts,
      double seconds,
      List<List<Integer>> findings,
      @Nullable List<String> expected,
      List<String> missing,
      List<Integer> finals,
      @Nullable ConditionResult condition,
      @Nullable String observation,
      int line) {}

  /**
   * The findings of a result in full.
   *
   * @param command the command that replays it
   * @param threads name, task, status, what it waits for, who would end that, holds, stack
   * @param steps thread; depth, function, text of each line; held; field, from, to of each change
   */
  record Detail(String command, List<ThreadEnd> threads, List<List<Object>> steps) {}

  /** A thread at the end. */
  record ThreadEnd(
      String name,
      String task,
      String status,
      @Nullable String waitsFor,
      @Nullable String endedBy,
      List<String> holds,
      List<String> stack) {}

  private static final List<FindingKind> KINDS = List.of(FindingKind.values());

  private final StringTable text = new StringTable();
  private final StringTable strings = new StringTable();
  private final List<List<Detail>> details = new ArrayList<>();
  private final List<LaidOutGraph> graphs;
  private final Index index;
  private final @Nullable MemoryModel memory;

  private PageData(CheckResult result) {
    memory = MemoryModel.parse(result.memory());
    Set<String> variants = new LinkedHashSet<>();
    result.results().forEach(each -> variants.add(each.variant()));
    List<Row> rows = rows(result.results(), List.copyOf(variants));
    index =
        new Index(
            result.tool().name() + " " + result.tool().version(),
            List.copyOf(variants),
            KINDS.stream().map(kind -> new Kind(kind.label(), kind.summary())).toList(),
            text.strings(),
            rows);
    graphs = result.lockGraphs().stream().map(graph -> laidOut(graph, result.results())).toList();
  }

  static PageData of(CheckResult result) {
    return new PageData(result);
  }

  Index index() {
    return index;
  }

  /** The findings of each result, in the order of {@link Cell#line}. */
  List<List<Detail>> details() {
    return details;
  }

  /** What numbers in steps stand for. */
  List<String> strings() {
    return strings.strings();
  }

  /** The lock-order graphs. */
  List<LaidOutGraph> graphs() {
    return graphs;
  }

  private List<Row> rows(List<ScenarioResult> results, List<String> variants) {
    Map<String, Map<String, ScenarioResult>> byKey = new LinkedHashMap<>();
    Set<String> ambiguous = ambiguousNames(results);
    for (ScenarioResult result : results) {
      String name = ambiguous.contains(result.scenario()) ? result.file() : result.scenario();
      String key = name;
      // The same file twice, on the same variant.
      for (int i = 2; byKey.getOrDefault(key, Map.of()).containsKey(result.variant()); i++) {
        key = name + " (" + i + ")";
      }
      byKey.computeIfAbsent(key, unknown -> new HashMap<>()).put(result.variant(), result);
    }
    List<Row> rows = new ArrayList<>();
    byKey.forEach(
        (key, byVariant) -> {
          List<@Nullable Cell> cells = new ArrayList<>();
          for (String variant : variants) {
            ScenarioResult result = byVariant.get(variant);
            cells.add(result == null ? null : cell(result));
          }
          ScenarioResult any = byVariant.values().iterator().next();
          rows.add(new Row(key, any.scenario(), any.file(), cells));
        });
    return rows;
  }

  /** The names of scenarios that more than one file has. */
  private static Set<String> ambiguousNames(List<ScenarioResult> results) {
    Map<String, String> files = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (ScenarioResult result : results) {
      String file = files.putIfAbsent(result.scenario(), result.file());
      if (file != null && !file.equals(result.file())) {
        ambiguous.add(result.scenario());
      }
    }
    return ambiguous;
  }

  private Cell cell(ScenarioResult result) {
    details.add(result.findings().stream().map(finding -> detail(result, finding)).toList());
    ConditionResult condition = result.condition();
    return new Cell(
        result.verdict().name(),
        result.complete(),
        result.bound(),
        List.of(result.states(), result.executions(), result.transitions()),
        result.seconds(),
        result.findings().stream()
            .map(
                finding ->
                    List.of(
                        KINDS.indexOf(finding.kind()),
                        result.expects(finding.kind()) ? 1 : 0,
                        text.number(finding.message()),
                        text.number(finding.place())))
            .toList(),
        result.expected(),
        result.missingKinds(),
        result.finalStates().stream().map(state -> text.number(words(state))).sorted().toList(),
        condition,
        condition == null ? null : condition.observation(),
        details.size() - 1);
  }

  private static String words(FinalState state) {
    List<String> parts = new ArrayList<>();
    state.registers().forEach((name, value) -> parts.add(name + "=" + value));
    parts.addAll(state.facts());
    return String.join("; ", parts);
  }

  private Detail detail(ScenarioResult result, Finding finding) {
    return new Detail(
        command(result, finding.schedule()),
        finding.threads().stream().map(PageData::thread).toList(),
        finding.steps().stream().map(this::step).toList());
  }

  private String command(ScenarioResult result, String schedule) {
    return "./" + ReplayCommand.of(result, memory, schedule);
  }

  private static ThreadEnd thread(ThreadReport thread) {
    return new ThreadEnd(
        thread.name(),
        thread.task(),
        thread.status().label(),
        thread.waitsFor(),
        thread.endedBy(),
        thread.holds(),
        thread.stack());
  }

  private List<Object> step(InterleavingStep step) {
    List<Integer> lines = new ArrayList<>();
    step.lines()
        .forEach(
            line -> {
              lines.add(line.depth());
              lines.add(strings.number(line.function()));
              lines.add(strings.number(line.text()));
            });
    List<Integer> changes = new ArrayList<>();
    step.changes()
        .forEach(
            change ->
                changes.addAll(
                    strings.numbers(List.of(change.field(), change.from(), change.to()))));
    return List.of(step.thread(), lines, strings.numbers(step.held()), changes);
  }

  private LaidOutGraph laidOut(LockGraph graph, List<ScenarioResult> results) {
    Map<String, ScenarioResult> byName =
        results.stream()
            .filter(result -> result.variant().equals(graph.variant()))
            .collect(
                Collectors.toMap(ScenarioResult::scenario, result -> result, (one, other) -> one));
    return GraphLayout.of(
        graph,
        (scenario, schedule) -> {
          ScenarioResult result = byName.get(scenario);
          return result == null ? schedule : command(result, schedule);
        });
  }
}
