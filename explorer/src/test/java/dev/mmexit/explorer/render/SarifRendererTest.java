package dev.mmexit.explorer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SarifRendererTest {
  private final SarifRenderer renderer = new SarifRenderer();

  @Test
  void followsTheSchemaOfOasis() throws IOException {
    for (CheckResult result :
        List.of(Samples.mixed(), Samples.mixed().withMemory("slub"), Drawn.hostile())) {
      assertThat(schema().validate(Drawn.json(Drawn.all(renderer, result)))).isEmpty();
    }
    assertThat(schema().validate(Drawn.json("{\"version\": \"2.1.0\"}"))).isNotEmpty();
  }

  @Test
  void aDeadlock() {
    Golden.check("render-deadlock.sarif", Drawn.all(renderer, Drawn.only("exit-vs-detach")));
  }

  @Test
  void everyVerdictIsThere() {
    JsonNode results = results(Samples.mixed());
    assertThat(texts(results, "/ruleId"))
        .containsExactly(
            "deadlock",
            "deadlock",
            "stale-mm",
            "missing-finding",
            "missing-finding",
            "incomplete",
            "stale-mm",
            "incomplete");
    assertThat(texts(results, "/level"))
        .containsExactly("note", "note", "error", "error", "error", "none", "error", "none");
    assertThat(texts(results, "/kind"))
        .containsExactly("", "", "", "", "", "open", "", "open"); // what is left out is fail
    assertThat(results.path(3).at("/message/text").asText())
        .isEqualTo("surprise: leaked-bond is expected, but no interleaving shows it");
  }

  @Test
  void rulesAreFoundByTheirIndex() {
    JsonNode run = Drawn.json(Drawn.all(renderer, Samples.mixed())).at("/runs/0");
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules).hasSize(FindingKind.values().length + 2);
    for (JsonNode result : run.path("results")) {
      int index = result.path("ruleIndex").asInt();
      assertThat(rules.path(index).path("id")).isEqualTo(result.path("ruleId"));
      assertThat(rules.path(index).at("/help/text").asText()).isNotBlank();
    }
  }

  @Test
  void aFlowIsAThreadAndTheOrderIsThatOfTheSteps() {
    JsonNode flows = results(Samples.mixed()).at("/0/codeFlows/0/threadFlows");
    assertThat(texts(flows, "/id")).containsExactly("T0", "T1");
    List<Integer> order = new ArrayList<>();
    flows
        .at("/1/locations")
        .forEach(location -> order.add(location.path("executionOrder").asInt()));
    assertThat(order).containsExactly(5, 6, 6, 7, 7, 9);
    JsonNode last = flows.at("/0/locations").path(flows.at("/0/locations").size() - 1);
    assertThat(last.at("/location/message/text").asText())
        .isEqualTo("blocked: waits for iommu->lock (C0), which T1 would end");
    assertThat(last.path("importance").asText()).isEqualTo("essential");
  }

  @Test
  void fingerprintsDoNotDependOnTheSchedule() {
    Finding one = Samples.deadlock();
    Finding other =
        new Finding(one.kind(), "other words", one.place(), one.threads(), "v1:1:T1", one.steps());
    Finding elsewhere =
        new Finding(one.kind(), one.message(), "elsewhere", one.threads(), "x", one.steps());
    JsonNode results =
        results(
            CheckResult.of(
                Samples.TOOL,
                List.of(
                    Samples.complete("a", List.of(one, elsewhere), null),
                    Samples.complete("b", List.of(other), null))));
    List<String> places = texts(results, "/partialFingerprints/finding~1v1");
    assertThat(places.get(0)).isEqualTo(places.get(2)).isNotEqualTo(places.get(1));
    assertThat(texts(results, "/partialFingerprints/scenarioFinding~1v1")).doesNotHaveDuplicates();
  }

  @Test
  void aRunIsAVariant() {
    CheckResult two =
        CheckResult.of(
            Samples.TOOL,
            List.of(
                Samples.complete("a", List.of(), null),
                Samples.on("fixed", Samples.complete("a", List.of(), null))));
    JsonNode runs = Drawn.json(Drawn.all(renderer, two)).path("runs");
    assertThat(texts(runs, "/automationDetails/id")).containsExactly("mmexit/v2/", "mmexit/fixed/");
  }

  @Test
  void fileNamesAreUris() {
    assertThat(uri(Drawn.hostile())).startsWith("a%22b'c%3Cd%3E&e;f%23g").doesNotContain(" ");
    assertThat(uri(Drawn.only("surprise"))).isEqualTo("scenarios/surprise.litmus");
  }

  @Test
  void theModelOfSarifReadsIt() throws IOException {
    SarifSchema210 sarif =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readValue(Drawn.all(renderer, Samples.mixed()), SarifSchema210.class);
    assertThat(sarif.getRuns().get(0).getResults()).hasSize(8);
  }

  private String uri(CheckResult result) {
    return results(result).at("/0/locations/0/physicalLocation/artifactLocation/uri").asText();
  }

  private JsonNode results(CheckResult result) {
    return Drawn.json(Drawn.all(renderer, result)).at("/runs/0/results");
  }

  private static List<String> texts(JsonNode list, String path) {
    List<String> texts = new ArrayList<>();
    list.forEach(node -> texts.add(node.at(path).asText()));
    return texts;
  }

  /** As the library of the model of SARIF has it. */
  private static JsonSchema schema() throws IOException {
    try (InputStream schema =
        SarifSchema210.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }
  }
}
