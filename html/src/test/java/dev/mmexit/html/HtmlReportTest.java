package dev.mmexit.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.render.RenderOptions;
import dev.mmexit.explorer.render.Renderers;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page as a document, without a browser. */
class HtmlReportTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern ELEMENTS =
      Pattern.compile("<(script|style)(?: type=\"([^\"]*)\" id=\"([^\"]*)\")?>(.*?)</\\1>", 32);

  private static String page(CheckResult result) throws IOException {
    StringWriter writer = new StringWriter();
    HtmlReport.write(result, writer);
    return writer.toString();
  }

  private static String block(String page, String id) {
    Matcher matcher = ELEMENTS.matcher(page);
    while (matcher.find()) {
      if (id.equals(matcher.group(3))) {
        return matcher.group(4);
      }
    }
    throw new AssertionError("there is no block " + id);
  }

  @Test
  void renderKnowsIt() throws IOException {
    StringWriter writer = new StringWriter();
    Renderers.find("html").orElseThrow().render(Samples.mixed(), RenderOptions.ALL, writer);
    assertThat(writer.toString()).isEqualTo(page(Samples.mixed())).startsWith("<!DOCTYPE html>");
  }

  @Test
  void dataAsExpected() throws IOException {
    String page = page(Samples.mixed());
    StringBuilder data = new StringBuilder();
    for (String id : List.of("index", "strings", "graphs")) {
      data.append(pretty(block(page, id)));
    }
    block(page, "details").lines().forEach(line -> data.append(line).append('\n'));
    Golden.check("page-data.txt", data.toString());
  }

  private static String pretty(String json) throws IOException {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json)) + "\n";
  }

  @Test
  void nothingEndsAnElementOfData() throws IOException {
    String page = page(PageSamples.hostile());
    for (String id : List.of("index", "strings", "details", "graphs")) {
      assertThat(block(page, id)).doesNotContain("<", ">", "&", "'", "\u2028");
    }
    JsonNode index = MAPPER.readTree(block(page, "index"));
    assertThat(index.at("/rows/0/scenario").textValue()).isEqualTo(PageSamples.HOSTILE);
    assertThat(page).doesNotContain("<img");
    // The four blocks and the page's own script; nothing more begins one.
    assertThat(page.split("<script", -1)).hasSize(6);
    assertThat(page.split("</script", -1)).hasSize(6);
  }

  @Test
  void thePolicyLetsTheOwnScriptAndStyleInAndNothingElse() throws Exception {
    String page = page(Samples.mixed());
    Matcher matcher = ELEMENTS.matcher(page);
    while (matcher.find()) {
      if (matcher.group(2) == null) {
        byte[] digest =
            MessageDigest.getInstance("SHA-256")
                .digest(matcher.group(4).getBytes(StandardCharsets.UTF_8));
        assertThat(page)
            .contains(
                matcher.group(1)
                    + "-src 'sha256-"
                    + Base64.getEncoder().encodeToString(digest)
                    + "'");
      }
    }
    // The name of SVG looks like an address and is none.
    assertThat(page.replace("\"http://www.w3.org/2000/svg\"", ""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe", "http:", "https:");
  }

  @Test
  void withoutScriptsTheVerdictsAreThere() throws IOException {
    String page = page(Samples.mixed());
    String noscript = page.substring(page.indexOf("<noscript>"), page.indexOf("</noscript>"));
    assertThat(noscript)
        .contains("6 results: 2 as expected, 3 not as expected, 1 incomplete.")
        .contains("surprise on v2: not as expected", "repaired on v2", "long-and-bad on v2")
        .doesNotContain("clean-one", "long-one on");
  }

  @Test
  void filesOfOneNameAreTwoRows() {
    var one = Samples.complete("same", List.of(), List.of());
    var two =
        new dev.mmexit.explorer.result.ScenarioResult(
            "same",
            "other/same.litmus",
            "v2",
            true,
            null,
            1,
            1,
            1,
            0.1,
            List.of(),
            List.of(),
            null,
            null,
            true);
    PageData data = PageData.of(CheckResult.of(Samples.TOOL, List.of(one, two, one)));
    assertThat(data.index().rows().stream().map(PageData.Row::key).collect(Collectors.toList()))
        .containsExactly("scenarios/same.litmus", "other/same.litmus", "scenarios/same.litmus (2)");
  }

  @Test
  void theMemoryModelIsInTheCommands() {
    PageData data = PageData.of(Samples.mixed().withMemory("slub"));
    assertThat(data.details().get(1).get(0).command())
        .isEqualTo(
            "./mmexit replay scenarios/exit-vs-detach.litmus --variant v2 --memory slub --schedule"
                + " '"
                + Samples.SCHEDULE
                + "'");
  }

  @Test
  void anEmptyResultIsAPage() throws IOException {
    String page = page(CheckResult.of(Samples.TOOL, List.of()));
    assertThat(block(page, "graphs")).isEqualTo("[]");
    assertThat(page).contains("0 results: 0 as expected");
  }
}
