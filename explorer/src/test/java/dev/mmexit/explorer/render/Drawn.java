package dev.mmexit.explorer.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;

/** Documents that the renderers make of samples. */
final class Drawn {
  /** What every format has to escape, and what some cannot write at all. */
  static final String HOSTILE =
      "a\"b'c<d>&e;f#g\\h{i}%j|k`l*m[n](o)\u0001\u001b]]>--\u00e9\ud83d\ude00</script>${x}\nend";

  private Drawn() {}

  static String all(Renderer renderer, CheckResult result) {
    return draw(renderer, result, RenderOptions.ALL);
  }

  static String one(Renderer renderer, CheckResult result, int finding) {
    return draw(renderer, result, new RenderOptions(Style.PLAIN, OptionalInt.of(finding)));
  }

  static JsonNode json(String document) {
    try {
      return new JsonMapper().readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mixed sample, without its lock-order graph. */
  static CheckResult withoutGraphs() {
    return CheckResult.of(Samples.TOOL, Samples.mixed().results());
  }

  /** A result of one scenario of that name. */
  static CheckResult only(String scenario) {
    return CheckResult.of(
        Samples.TOOL,
        Samples.mixed().results().stream()
            .filter(result -> result.scenario().equals(scenario))
            .toList());
  }

  /** A result where every text is hostile. */
  static CheckResult hostile() {
    List<String> one = List.of(HOSTILE);
    Finding finding =
        new Finding(
            FindingKind.DEADLOCK,
            HOSTILE,
            HOSTILE,
            List.of(
                new ThreadReport(
                    HOSTILE, HOSTILE, ThreadStatus.BLOCKED, HOSTILE, HOSTILE, one, one)),
            "x",
            List.of(
                new dev.mmexit.explorer.result.InterleavingStep(
                    0,
                    List.of(Samples.line(0, HOSTILE, HOSTILE)),
                    one,
                    List.of(new FieldChange(HOSTILE, HOSTILE, HOSTILE)))));
    ScenarioResult result =
        new ScenarioResult(
            HOSTILE,
            HOSTILE,
            HOSTILE,
            false,
            HOSTILE,
            1,
            1,
            1,
            1,
            List.of(finding),
            List.of(),
            null,
            null,
            false);
    return CheckResult.of(Samples.TOOL, List.of(result));
  }

  private static String draw(Renderer renderer, CheckResult result, RenderOptions options) {
    StringWriter text = new StringWriter();
    try {
      renderer.render(result, options, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
