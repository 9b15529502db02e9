package dev.mmexit.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A result as one page of HTML, with all its styles, scripts and data in it, that a browser opens
 * from a disk without a network. The page's policy lets these scripts run and no other, and loads
 * nothing; data is JSON in which nothing ends an element.
 */
public final class HtmlReport {
  private static final List<String> STYLES =
      List.of("base.css", "matrix.css", "lanes.css", "locks.css");
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "data.js",
          "route.js",
          "parts.js",
          "matrix.js",
          "result.js",
          "interleaving.js",
          "finding.js",
          "compare.js",
          "locks.js",
          "main.js");

  private HtmlReport() {}

  /**
   * Writes the page. The writer stays open.
   *
   * @throws IOException where it cannot be written
   */
  public static void write(CheckResult result, Writer writer) throws IOException {
    PageData data = PageData.of(result);
    String style = joined(STYLES);
    String script = "\"use strict\";\n(() => {\n" + joined(SCRIPTS) + "})();\n";
    Template page = Mustache.compiler().compile(resource("page.html"));
    page.execute(
        Map.ofEntries(
            Map.entry("style", style),
            Map.entry("script", script),
            Map.entry("styleHash", hash(style)),
            Map.entry("scriptHash", hash(script)),
            Map.entry("tool", data.index().tool()),
            Map.entry("summary", summary(result.summary())),
            Map.entry("unexpected", unexpected(result.results())),
            Map.entry("index", SafeJson.text(data.index())),
            Map.entry("details", lines(data.details())),
            Map.entry("strings", SafeJson.text(data.strings())),
            Map.entry("graphs", SafeJson.text(data.graphs()))),
        writer);
    writer.flush();
  }

  private static String lines(List<? extends Object> values) {
    return values.stream().map(SafeJson::text).collect(Collectors.joining("\n"));
  }

  private static String summary(Summary summary) {
    return summary.scenarios()
        + (summary.scenarios() == 1 ? " result: " : " results: ")
        + summary.asExpected()
        + " as expected, "
        + summary.unexpected()
        + " not as expected, "
        + summary.incomplete()
        + " incomplete";
  }

  /** What a browser without scripts shows of the results. */
  private static List<Map<String, String>> unexpected(List<ScenarioResult> results) {
    return results.stream()
        .filter(result -> Boolean.FALSE.equals(result.asExpected()))
        .map(result -> Map.of("scenario", result.scenario(), "variant", result.variant()))
        .toList();
  }

  private static String joined(List<String> names) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(resource(name));
    }
    return all.toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("the part " + name + " of the page is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What stands for a script or a style in the page's policy. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
