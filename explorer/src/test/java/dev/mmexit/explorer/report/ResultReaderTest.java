package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultReaderTest {
  private static final String DOCUMENT = document(Samples.mixed());

  @Test
  void whereverItIsCutItIsSaidToBeTruncated() throws IOException {
    int last = DOCUMENT.lastIndexOf('}');
    for (int length = 1; length <= last; length += 11) {
      String cut = DOCUMENT.substring(0, length);
      Throwable thrown = catchThrowable(() -> read(cut));
      assertThat(thrown).isInstanceOf(IOException.class);
      assertThat(thrown.getMessage())
          .as("cut at %s", length)
          .startsWith("it is truncated: it ends at line ")
          .hasLineCount(1);
    }
    assertThat(read(DOCUMENT.substring(0, last + 1))).isEqualTo(Samples.mixed());
  }

  @Test
  void theMessageSaysWhereInTheResultsItEnds() {
    int at = DOCUMENT.indexOf("\"surprise\"") + 40;
    refused(DOCUMENT.substring(0, at), "it is truncated: it ends at line ", ", in results[2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|it is empty",
        "` \n `|it is empty",
        "null|it is no result of mmexit check",
        "{}|it is no result of mmexit check",
        "[1, 2]|it is no result of mmexit check",
        "{\"results\": []}|it is no result of mmexit check",
        "{\"tool\": 1}|it is no result of mmexit check",
        "{\"tool\": {\"name\": \"x\", \"version\": \"1\"}}|but of a tool called x",
        "{\"tool\": {\"name\": null, \"version\": \"1\"}}|at tool.name",
        "hello|it is no JSON: line 1, column 1: ",
        "<html>|it is no JSON: line 1, column 1: "
      })
  void whatIsNotOursIsRefused(String text, String sentence) {
    refused(text, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\": 1|\"format\": 2|its format version is 2; this mmexit reads version 1",
        "\"format\": 1|\"format\": \"one\"|its format version is one; this mmexit reads version 1",
        "\"format\": 1|\"memory\": null|it has no format version, as results of early versions",
        "\"memory\": null|\"memory\": \"big\"|at memory: it is not kasan, slub or null",
        "\"memory\": null|\"extra\": null|there is no field 'extra' in one",
        "\"kind\": \"deadlock\"|\"kind\": \"nap\"|at results[1].findings[0].kind: ",
        "\"depth\": 4|\"depth\": -4|a depth is 0 or more, not -4",
        "\"depth\": 4|\"depth\": null|at results[1].findings[0].steps[1].lines[0].depth",
        "\"thread\": 1|\"thread\": 7|a step names thread 7, but there are 3",
        "\"place\": \"C0 P0\"|\"place\": null|at results[2].findings[1].place",
        "\"stack\": []|\"stack\": [null]|at results[1].findings[0].threads[2].stack",
        "\"states\": 202|\"states\": \"many\"|at results[0].states",
        "\"states\": 202|\"stated\": 202|at results[0].states: Missing",
        "\"complete\": true|\"complete\": false|exactly where it is not complete",
        "\"scenarios\": 6|\"scenarios\": 5|at summary: it does not count the results",
        "\"asExpected\": false|\"asExpected\": true|at summary: ",
        "\"results\": [|\"results\": [1,|at results[0]: it is no object",
        "\"lockGraphs\": [|\"lockGraphs\": 1, \"x\": [|at lockGraphs: it is no list",
        "exit-vs-detach.litmus|clean-one.litmus|at results[1]: scenarios/clean-one.litmus on v2"
      })
  void whatIsSpoiltIsRefusedWithThePlace(String from, String to, String sentence) {
    int at = DOCUMENT.indexOf(from);
    assertThat(at).isNotNegative();
    refused(DOCUMENT.substring(0, at) + to + DOCUMENT.substring(at + from.length()), sentence);
  }

  @Test
  void aVerdictThatDoesNotFollowIsNotPassedOn() {
    CheckResult mixed = Samples.mixed();
    String lie =
        document(CheckResult.of(Samples.TOOL, List.of(mixed.results().get(2))))
            .replace("\"asExpected\": false", "\"asExpected\": true")
            .replace("\"asExpected\": 0", "\"asExpected\": 1")
            .replace("\"unexpected\": 1", "\"unexpected\": 0");
    refused(lie, "at results[0]: asExpected is true, which its findings do not give");
  }

  @Test
  void nothingFollowsAndNothingIsThereTwice() {
    refused(DOCUMENT + "{}", "more follows behind the end of the document, at line ");
    refused(DOCUMENT.replace("\"format\": 1,", "\"format\": 1, \"format\": 1,"), "uplicate");
    refused(
        DOCUMENT.substring(0, DOCUMENT.lastIndexOf("]") + 1) + "}", "it has no field 'summary'");
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() throws IOException {
    ObjectMapper sorting =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    String sorted = sorting.writeValueAsString(sorting.readValue(DOCUMENT, Map.class));
    assertThat(sorted).startsWith("{\"format\":1,\"lockGraphs\"");
    assertThat(read(sorted)).isEqualTo(Samples.mixed());
  }

  private static void refused(String text, String... sentences) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .message()
        .contains(sentences)
        .hasLineCount(1);
  }

  private static CheckResult read(String text) throws IOException {
    return JsonReport.read(new StringReader(text));
  }

  private static String document(CheckResult result) {
    StringWriter text = new StringWriter();
    try {
      JsonReport.write(result, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
