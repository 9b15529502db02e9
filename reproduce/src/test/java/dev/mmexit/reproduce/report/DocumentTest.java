package dev.mmexit.reproduce.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.reproduce.Explored;
import dev.mmexit.reproduce.LogReader;
import dev.mmexit.reproduce.UnusableReport;
import dev.mmexit.reproduce.read.ReportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  private static final Tool TOOL = new Tool("mmexit", "test");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hung-quoted-wrapped.txt",
        "kasan-mm-exit-after-release.txt",
        "kcsan-unknown-origin.txt",
        "refcount-underflow.txt",
        "kasan-out-of-bounds.txt",
        "lockdep-never.txt",
        "sysrq-w.txt"
      })
  void followsItsSchema(String sample) throws Exception {
    assertThat(schema().validate(json(document(reading(sample))))).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatCannotBe() throws Exception {
    ObjectNode document = (ObjectNode) json(document(reading("hung-quoted-wrapped.txt")));
    assertThat(document.get("reproduced").booleanValue()).isTrue();
    document.put("reproduced", false);
    assertThat(schema().validate(document)).isNotEmpty();
    document.put("reproduced", true);
    document.put("bound", "1 second");
    assertThat(schema().validate(document)).isNotEmpty();
  }

  @Test
  void theSchemaNamesEveryKindOfReport() throws IOException {
    JsonNode kinds = schema().getSchemaNode().at("/$defs/report/properties/kind/enum");
    assertThat(MAPPER.convertValue(kinds, String[].class))
        .containsExactly(
            Arrays.stream(ReportKind.values()).map(ReportKind::label).toArray(String[]::new));
  }

  @Test
  void textShowsReportScenarioAndInterleaving() throws Exception {
    String text = text("several.txt");
    assertThat(text)
        .startsWith("Report 2 of 3, lines ")
        .contains("kasan, a freed object is used")
        .contains("guest:1433 (access), here T0: in vfio_iommu_mm_exit <-")
        .contains("Other reports begin in line 1, line ")
        .contains("Reproduced by exit-vs-detach-close-nodd on v2:\n\n")
        .contains("\nVFIO exit-vs-detach-close-nodd\n")
        .contains("Finding: use-after-free\n")
        .contains("\nschedule: v1:")
        .contains("\nreplay:   mmexit replay ../scenarios/exit-vs-detach-close-nodd.litmus")
        .contains("who freed the object comes to it by way of");
  }

  @Test
  void textOfNothingSaysWhatWasSearchedAndWhatIsNear() throws Exception {
    assertThat(text("refcount-underflow.txt"))
        .contains("Not reachable in what was searched.\n")
        .contains("Nearest, of 100 points:\n   45  use-after-free in ")
        .containsPattern("Searched: all \\d+ scenarios of the catalogue: not reachable\n");
    assertThat(text("kasan-out-of-bounds.txt"))
        .contains("no access beyond the end of one")
        .contains("Searched: nothing: no scenario can show it");
  }

  private static String text(String sample) throws Exception {
    LogReader.Reading reading = reading(sample);
    return new ReproduceText(Style.PLAIN).of(reading.log(), document(reading), null);
  }

  private static Document document(LogReader.Reading reading) {
    return Document.of(TOOL, reading, "v2", null, Explored.V2.search(reading.query()));
  }

  private static LogReader.Reading reading(String sample) throws IOException, UnusableReport {
    try (InputStream in = Files.newInputStream(Path.of("src/test/resources/reports", sample))) {
      return LogReader.read(in, sample, 0);
    }
  }

  private static JsonNode json(Document document) throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.writeDocument(document, text);
    return MAPPER.readTree(text.toString());
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream schema = Document.class.getResourceAsStream("reproduce.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
  }
}
