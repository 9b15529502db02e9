package dev.mmexit.cli;

import dev.mmexit.explorer.VariantInfo;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the variants. */
@Command(
    name = "variants",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "List the variants of the modelled code, a line each.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit variants",
      "      what --variant can be",
      "  mmexit check --variant v2 scenarios",
      "      every scenario on the one called v2",
      "  mmexit variants --format json",
      "      for tools: an array of names and summaries"
    })
final class VariantsCommand extends ListCommand<VariantInfo> {
  VariantsCommand(Session session) {
    super(session);
  }

  @Override
  List<VariantInfo> entries(Session session) {
    return session.checker().variants();
  }

  @Override
  List<String> columns(VariantInfo entry) {
    return List.of(entry.name(), entry.summary());
  }
}
