package dev.mmexit.cli;

import dev.mmexit.kernel.FindingKind;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists what every execution is checked against. */
@Command(
    name = "properties",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "List what every execution is checked against, a line each.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit properties",
      "      the kinds of findings: what 'expect v2: ...' in a scenario can name",
      "  mmexit properties | grep leaked",
      "      what the leaked ones are",
      "  mmexit properties --format json",
      "      for tools: an array of kinds and summaries"
    })
final class PropertiesCommand extends ListCommand<PropertiesCommand.Property> {

  /**
   * A kind of finding.
   *
   * @param kind its label
   * @param whileRunning whether it is seen while threads still run
   * @param summary what it is
   */
  record Property(String kind, boolean whileRunning, String summary) {}

  PropertiesCommand(Session session) {
    super(session);
  }

  @Override
  List<Property> entries(Session session) {
    return Arrays.stream(FindingKind.values())
        .map(kind -> new Property(kind.label(), kind.whileRunning(), kind.summary()))
        .toList();
  }

  @Override
  List<String> columns(Property entry) {
    return List.of(
        entry.kind(), entry.whileRunning() ? "while running" : "at the end", entry.summary());
  }
}
