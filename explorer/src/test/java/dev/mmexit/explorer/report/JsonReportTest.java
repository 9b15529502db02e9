package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ReplayResult;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void checkFollowsItsSchema() throws IOException {
    for (String memory : Arrays.asList(null, "kasan", "slub")) {
      String document = write(Samples.mixed().withMemory(memory));
      assertThat(schema("check").validate(MAPPER.readTree(document))).isEmpty();
    }
    Golden.check("check.json", write(single()));
  }

  @Test
  void replayFollowsItsSchema() throws IOException {
    for (ReplayResult result : List.of(Samples.replay(), Samples.cleanReplay())) {
      assertThat(schema("replay").validate(MAPPER.readTree(write(result)))).isEmpty();
    }
    Golden.check("replay.json", write(Samples.cleanReplay()));
  }

  @Test
  void lockdepFollowsItsSchema() throws IOException {
    for (LockGraph graph : List.of(Samples.lockGraph(), Samples.incompleteLockGraph())) {
      StringWriter text = new StringWriter();
      JsonReport.write(graph, text);
      assertThat(schema("lockdep").validate(MAPPER.readTree(text.toString()))).isEmpty();
      assertThat(JsonReport.readLockGraph(new StringReader(text.toString()))).isEqualTo(graph);
    }
    StringWriter text = new StringWriter();
    JsonReport.write(Samples.lockGraph(), text);
    Golden.check("lockdep.json", text.toString());
    ObjectNode document = (ObjectNode) MAPPER.readTree(text.toString());
    document.remove("complete");
    assertThat(schema("lockdep").validate(document)).isNotEmpty();
  }

  /** What check writes of a graph is what lockdep writes. */
  @Test
  void bothSchemasSayTheSameOfLockGraphs() throws IOException {
    JsonNode check = schema("check").getSchemaNode();
    JsonNode lockdep = schema("lockdep").getSchemaNode();
    for (String part : List.of("required", "properties")) {
      assertThat(lockdep.path(part)).isEqualTo(check.at("/$defs/lockGraph/" + part));
    }
    for (String definition : List.of("lockEdge", "lockCycle")) {
      assertThat(lockdep.at("/$defs/" + definition)).isEqualTo(check.at("/$defs/" + definition));
    }
  }

  @Test
  void theSchemaRefusesWhatIsNotInIt() throws IOException {
    JsonNode document = MAPPER.readTree(write(single()));
    ObjectNode result = (ObjectNode) document.path("results").path(0);
    result.put("extra", 1);
    assertThat(schema("check").validate(document)).isNotEmpty();
    result.remove("extra");
    result.put("complete", false);
    assertThat(schema("check").validate(document)).isNotEmpty();
  }

  @Test
  void schemasNameEveryKind() throws IOException {
    for (String name : List.of("check", "replay", "compare")) {
      JsonNode kinds = schema(name).getSchemaNode().at("/$defs/kind/enum");
      assertThat(MAPPER.convertValue(kinds, String[].class))
          .containsExactly(
              Arrays.stream(FindingKind.values()).map(FindingKind::label).toArray(String[]::new));
    }
  }

  @Test
  void whatIsWrittenCanBeReadBack() throws IOException {
    assertThat(JsonReport.read(new StringReader(write(Samples.mixed()))))
        .isEqualTo(Samples.mixed());
    CheckResult slub = Samples.mixed().withMemory("slub");
    assertThat(JsonReport.read(new StringReader(write(slub)))).isEqualTo(slub);
    assertThat(JsonReport.readReplay(new StringReader(write(Samples.replay()))))
        .isEqualTo(Samples.replay());
  }

  @Test
  void whatIsNoResultIsRefusedInOneSentence() throws IOException {
    String unknownKind = write(single()).replace("\"kind\": \"deadlock\"", "\"kind\": \"nap\"");
    assertThatThrownBy(() -> JsonReport.read(new StringReader(unknownKind)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no result of mmexit check, at results[0].findings[0].kind")
        .hasMessageContaining("nap");
  }

  private static CheckResult single() {
    return CheckResult.of(
        Samples.TOOL,
        List.of(
            Samples.complete("exit-vs-detach", List.of(Samples.deadlock()), List.of("deadlock"))));
  }

  private static String write(CheckResult result) throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(result, text);
    return text.toString();
  }

  private static String write(ReplayResult result) throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(result, text);
    return text.toString();
  }

  private static JsonSchema schema(String name) throws IOException {
    try (InputStream schema = JsonReport.class.getResourceAsStream(name + ".schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
  }
}
