package dev.mmexit.explorer.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.report.CompareText;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.result.FinalState;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.LockCycle;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final Comparison.Names NAMES = new Comparison.Names("v2", "fixed");
  private static final List<Finding> NONE = List.of();
  private static final List<Finding> DEADLOCK = List.of(Samples.deadlock());
  private static final List<Finding> STALE = List.of(Samples.staleMm());
  private static final LockGraph EMPTY = new LockGraph("x", List.of(), List.of(), List.of());

  @Test
  void aKindMoreIsARegression() {
    assertThat(status(done(NONE), done(DEADLOCK))).isEqualTo(RowStatus.REGRESSED);
    assertThat(status(done(STALE), done(DEADLOCK))).isEqualTo(RowStatus.REGRESSED);
    assertThat(status(done(NONE), bounded(DEADLOCK))).isEqualTo(RowStatus.REGRESSED);
    assertThat(status(bounded(NONE), done(DEADLOCK))).isEqualTo(RowStatus.REGRESSED);
  }

  @Test
  void aKindLessIsARepairWhereTheOtherIsComplete() {
    assertThat(status(done(DEADLOCK), done(NONE))).isEqualTo(RowStatus.FIXED);
    assertThat(status(bounded(DEADLOCK), done(NONE))).isEqualTo(RowStatus.FIXED);
    assertThat(status(done(DEADLOCK), bounded(NONE))).isEqualTo(RowStatus.INCOMPLETE);
  }

  @Test
  void whatIsBoundedIsNeverTheSame() {
    assertThat(status(done(NONE), bounded(NONE))).isEqualTo(RowStatus.INCOMPLETE);
    assertThat(status(bounded(DEADLOCK), done(DEADLOCK))).isEqualTo(RowStatus.INCOMPLETE);
    assertThat(status(bounded(NONE), bounded(NONE))).isEqualTo(RowStatus.INCOMPLETE);
  }

  @Test
  void anotherScheduleOrMessageIsNoDifference() {
    Finding one = Samples.deadlock();
    Finding other =
        new Finding(one.kind(), "in other words", one.place(), List.of(), "v1:1:T0", List.of());
    assertThat(status(done(List.of(one)), done(List.of(other)))).isEqualTo(RowStatus.SAME);
  }

  @Test
  void anotherPlaceOrFinalStateIsAChange() {
    Finding one = Samples.deadlock();
    Finding moved =
        new Finding(one.kind(), one.message(), "elsewhere", List.of(), "v1:1:T0", List.of());
    assertThat(status(done(List.of(one)), done(List.of(moved)))).isEqualTo(RowStatus.CHANGED);
    assertThat(status(done(List.of(one)), done(List.of(one, moved)))).isEqualTo(RowStatus.CHANGED);
    assertThat(status(states(Samples.state(0)), states(Samples.state(0), Samples.state(-3, "x"))))
        .isEqualTo(RowStatus.CHANGED);
  }

  @Test
  void finalStatesAreComparedAsSets() {
    FinalState a = Samples.state(0);
    FinalState b = Samples.state(-3);
    assertThat(status(states(a, b), states(b, a))).isEqualTo(RowStatus.SAME);
    ComparisonRow row = ComparisonRow.of(states(a, b), states(b, Samples.state(7), a));
    assertThat(row.finalStatesGained()).isEqualTo(1);
    assertThat(row.finalStatesLost()).isZero();
    assertThat(row.finalStates().gained()).containsExactly(Samples.state(7));
  }

  @Test
  void whatDiffersComesFirstAndIsCounted() {
    Comparison comparison = mixed();
    assertThat(comparison.rows())
        .extracting(ComparisonRow::status)
        .containsExactly(
            RowStatus.REGRESSED,
            RowStatus.FIXED,
            RowStatus.CHANGED,
            RowStatus.INCOMPLETE,
            RowStatus.SAME,
            RowStatus.SAME);
    assertThat(
            List.of(
                comparison.regressed(),
                comparison.fixed(),
                comparison.changed(),
                comparison.incomplete(),
                comparison.same()))
        .containsExactly(1, 1, 1, 1, 2);
    assertThat(comparison.complete()).isFalse();
  }

  @Test
  void lockOrderIsComparedByNamesAndStatus() {
    LockGraph graph = Samples.lockGraph();
    LockCycle cycle = graph.cycles().get(0);
    LockGraph possible =
        new LockGraph(
            "fixed",
            graph.classes(),
            graph.edges().subList(0, 1),
            List.of(
                new LockCycle(cycle.classes(), LockCycle.Status.POSSIBLE, "another", "v1:2:T0")));
    Comparison comparison = Comparison.of(NAMES, List.of(), List.of(), graph, possible);
    assertThat(comparison.lockEdges().gained()).isEmpty();
    assertThat(comparison.lockEdges().lost()).containsExactly("iommu->lock -> bond->mm_exit_wq");
    assertThat(comparison.cycles().gained())
        .containsExactly("bond->mm_exit_wq -> iommu->lock -> bond->mm_exit_wq (POSSIBLE)");
    assertThat(comparison.cycles().lost())
        .containsExactly("bond->mm_exit_wq -> iommu->lock -> bond->mm_exit_wq (WITNESSED)");
  }

  @Test
  void textHasWhatDiffersFirstAndTheCountsLast() {
    String text = text(mixed(), 100, false);
    Golden.check("compare.txt", text);
    assertThat(text).endsWith("\nREGRESSED 1, FIXED 1, SAME 2, CHANGED 1, INCOMPLETE 1\n");
    assertThat(text(mixed(), 100, true)).doesNotContain("SAME       |").contains("INCOMPLETE |");
  }

  @ParameterizedTest
  @ValueSource(ints = {72, 80, 100, 140})
  void textFits(int width) {
    assertThat(text(mixed(), width, false).lines().filter(line -> !line.contains("mmexit replay")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void equivalenceIsStatedOnlyWhereAllIsCompleteAndTheSame() {
    String equivalent = "equivalent on 1 scenario: same finding kinds and final states; complete";
    assertThat(text(one(done(DEADLOCK), done(DEADLOCK)), 100, false)).contains(equivalent);
    assertThat(text(one(done(NONE), bounded(NONE)), 100, false))
        .doesNotContain("equivalent")
        .contains("a bound ended the exploration of 1 scenario");
    assertThat(text(mixed(), 100, false)).doesNotContain("equivalent");
    assertThat(text(one(done(DEADLOCK), done(NONE)), 100, false))
        .contains("v2 and fixed differ on 1 scenario\n");
  }

  @Test
  void jsonFollowsItsSchemaAndCanBeReadBack() throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(mixed(), text);
    JsonNode document = new JsonMapper().readTree(text.toString());
    assertThat(schema().validate(document)).isEmpty();
    assertThat(JsonReport.readComparison(new StringReader(text.toString()))).isEqualTo(mixed());
    ((ObjectNode) document.at("/rows/5")).put("complete", false);
    assertThat(schema().validate(document)).isNotEmpty();
    StringWriter small = new StringWriter();
    JsonReport.write(one(done(DEADLOCK), done(NONE)), small);
    Golden.check("compare.json", small.toString());
  }

  @Test
  void otherScenariosCannotBeCompared() {
    assertThatThrownBy(() -> Comparison.of(NAMES, List.of(done(NONE)), List.of(), EMPTY, EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Comparison mixed() {
    List<ScenarioResult> base = new ArrayList<>();
    List<ScenarioResult> other = new ArrayList<>();
    add(base, other, result("same", null, NONE), result("same", null, NONE));
    add(base, other, result("better", null, DEADLOCK), result("better", null, NONE));
    add(base, other, result("worse", null, NONE), result("worse", null, STALE));
    add(base, other, result("long-one", null, NONE), result("long-one", "60 seconds", NONE));
    add(base, other, states(Samples.state(0)), states(Samples.state(-3, "attached(C0,G0)")));
    add(base, other, result("same-too", null, STALE), result("same-too", null, STALE));
    LockGraph graph = Samples.lockGraph();
    LockGraph less = new LockGraph("fixed", graph.classes(), List.of(), List.of());
    return Comparison.of(NAMES, base, other, graph, less);
  }

  private static void add(
      List<ScenarioResult> base,
      List<ScenarioResult> other,
      ScenarioResult onBase,
      ScenarioResult onOther) {
    base.add(onBase);
    other.add(Samples.on("fixed", onOther));
  }

  private static Comparison one(ScenarioResult base, ScenarioResult other) {
    return Comparison.of(NAMES, List.of(base), List.of(other), EMPTY, EMPTY);
  }

  private static RowStatus status(ScenarioResult base, ScenarioResult other) {
    return ComparisonRow.of(base, other).status();
  }

  private static ScenarioResult done(List<Finding> findings) {
    return result("one", null, findings);
  }

  private static ScenarioResult bounded(List<Finding> findings) {
    return result("one", "60 seconds", findings);
  }

  private static ScenarioResult states(FinalState... states) {
    return Samples.withoutCondition("states", List.of(), List.of(states));
  }

  private static ScenarioResult result(
      String name, @Nullable String bound, List<Finding> findings) {
    return Samples.result(name, bound, findings, null);
  }

  private static String text(Comparison comparison, int width, boolean brief) {
    return new CompareText(Style.PLAIN, width, null).of(comparison, brief);
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream schema = JsonReport.class.getResourceAsStream("compare.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
  }
}
