package dev.mmexit.explorer.render;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.LogicalLocation;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.PartialFingerprints;
import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.Region;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.RunAutomationDetails;
import com.contrastsecurity.sarif.SarifSchema210;
import com.contrastsecurity.sarif.Tool;
import com.contrastsecurity.sarif.ToolComponent;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.JsonReport;
import dev.mmexit.explorer.report.ReplayCommand;
import dev.mmexit.explorer.report.VerdictText;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.explorer.result.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SARIF 2.1.0, for code scanning: a run for each variant; in it a result for each finding, with a
 * flow for each thread. A finding that is expected is a note. What is expected and missing is an
 * error, and an incomplete exploration is an open question.
 */
public final class SarifRenderer implements Renderer {
  private static final URI SCHEMA =
      URI.create(
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");

  @Override
  public String name() {
    return "sarif";
  }

  @Override
  public String summary() {
    return "SARIF 2.1.0, for code scanning";
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    Set<String> variants = new LinkedHashSet<>();
    result.results().forEach(one -> variants.add(one.variant()));
    List<Run> runs = variants.stream().map(variant -> run(result, variant)).toList();
    JsonReport.writeDocument(
        new SarifSchema210()
            .with$schema(SCHEMA)
            .withVersion(SarifSchema210.Version._2_1_0)
            .withRuns(runs),
        writer);
  }

  private static Run run(CheckResult result, String variant) {
    MemoryModel memory = MemoryModel.parse(result.memory());
    List<Result> results = new ArrayList<>();
    for (ScenarioResult one : result.results()) {
      if (one.variant().equals(variant)) {
        one.findings().forEach(finding -> results.add(finding(one, finding, memory)));
        verdict(one, results);
      }
    }
    return new Run()
        .withTool(
            new Tool()
                .withDriver(
                    new ToolComponent()
                        .withName(result.tool().name())
                        .withVersion(result.tool().version())
                        .withRules(SarifRules.all())))
        .withAutomationDetails(new RunAutomationDetails().withId("mmexit/" + variant + "/"))
        .withInvocations(List.of(new Invocation().withExecutionSuccessful(true)))
        .withColumnKind(Run.ColumnKind.UTF_16_CODE_UNITS)
        .withResults(results)
        .withProperties(new PropertyBag().withAdditionalProperty("variant", variant));
  }

  private static Result finding(
      ScenarioResult result, Finding finding, @Nullable MemoryModel memory) {
    boolean expected = result.expects(finding.kind());
    PropertyBag properties = properties(result).withAdditionalProperty("expected", expected);
    if (!finding.schedule().isEmpty()) {
      properties
          .withAdditionalProperty("schedule", finding.schedule())
          .withAdditionalProperty("replay", ReplayCommand.of(result, memory, finding.schedule()));
    }
    String place = finding.kind().label() + "\n" + finding.place();
    Result sarif =
        result(result, finding.kind().label(), finding.message(), functions(finding))
            .withKind(Result.Kind.FAIL)
            .withLevel(expected ? Result.Level.NOTE : Result.Level.ERROR)
            .withPartialFingerprints(
                new PartialFingerprints()
                    .withAdditionalProperty("finding/v1", hash(place))
                    .withAdditionalProperty(
                        "scenarioFinding/v1", hash(result.scenario() + "\n" + place)))
            .withProperties(properties);
    return finding.steps().isEmpty() ? sarif : sarif.withCodeFlows(List.of(SarifFlows.of(finding)));
  }

  /** What a finding does not say: that one is missing, or that nobody knows yet. */
  private static void verdict(ScenarioResult result, List<Result> results) {
    if (result.verdict() == Verdict.INCOMPLETE || !result.complete()) {
      results.add(
          result(result, SarifRules.INCOMPLETE, VerdictText.of(result), List.of())
              .withKind(Result.Kind.OPEN)
              .withLevel(Result.Level.NONE)
              .withProperties(properties(result)));
      return;
    }
    for (String missing : result.missingKinds()) {
      results.add(
          result(
                  result,
                  SarifRules.MISSING,
                  missing + " is expected, but no interleaving shows it",
                  List.of())
              .withKind(Result.Kind.FAIL)
              .withLevel(Result.Level.ERROR)
              .withPartialFingerprints(
                  new PartialFingerprints()
                      .withAdditionalProperty(
                          "scenarioFinding/v1",
                          hash(result.scenario() + "\n" + SarifRules.MISSING + "\n" + missing)))
              .withProperties(properties(result)));
    }
  }

  private static Result result(
      ScenarioResult result, String rule, String message, List<String> functions) {
    return new Result()
        .withRuleId(rule)
        .withRuleIndex(SarifRules.index(rule))
        .withMessage(new Message().withText(result.scenario() + ": " + message))
        .withLocations(List.of(location(result, functions)));
  }

  private static Location location(ScenarioResult result, List<String> functions) {
    Location location =
        new Location()
            .withPhysicalLocation(
                new PhysicalLocation()
                    .withArtifactLocation(artifact(result.file()))
                    .withRegion(new Region().withStartLine(1)));
    return functions.isEmpty() ? location : location.withLogicalLocations(logical(functions));
  }

  /** Functions of the kernel as logical locations. */
  static Set<LogicalLocation> logical(List<String> functions) {
    Set<LogicalLocation> locations = new LinkedHashSet<>();
    for (String function : functions) {
      locations.add(
          new LogicalLocation()
              .withName(function)
              .withFullyQualifiedName(function)
              .withKind("function"));
    }
    return locations;
  }

  /** Where it is: the innermost function of each blocked thread, or of the last step. */
  private static List<String> functions(Finding finding) {
    List<String> functions =
        finding.threads().stream()
            .filter(thread -> thread.status() == ThreadStatus.BLOCKED)
            .map(ThreadReport::stack)
            .filter(stack -> !stack.isEmpty())
            .map(stack -> stack.get(0))
            .distinct()
            .toList();
    if (!functions.isEmpty() || finding.steps().isEmpty()) {
      return functions;
    }
    InterleavingStep last = finding.steps().get(finding.steps().size() - 1);
    return last.lines().isEmpty()
        ? List.of()
        : List.of(last.lines().get(last.lines().size() - 1).function());
  }

  private static PropertyBag properties(ScenarioResult result) {
    return new PropertyBag()
        .withAdditionalProperty("scenario", result.scenario())
        .withAdditionalProperty("variant", result.variant());
  }

  private static ArtifactLocation artifact(String file) {
    try {
      if (file.startsWith("/")) {
        return new ArtifactLocation().withUri(new URI("file", "", file, null).toASCIIString());
      }
      String path = new URI(null, null, "/" + file, null).toASCIIString().substring(1);
      // A colon in the first segment would make that a scheme.
      return new ArtifactLocation()
          .withUri(path.matches("[^/]*:.*") ? "./" + path : path)
          .withUriBaseId("%SRCROOT%");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no URI can be made of " + file, e);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
