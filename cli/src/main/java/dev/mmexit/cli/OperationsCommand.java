package dev.mmexit.cli;

import dev.mmexit.explorer.OperationInfo;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the operations. */
@Command(
    name = "operations",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    header = "List the operations that a scenario can use, a line each.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mmexit operations",
      "      how each is written, the kernel function that it calls, and who calls",
      "  mmexit operations | grep bind",
      "      the ways to bind and unbind",
      "  mmexit operations --format json",
      "      for tools: an array"
    })
final class OperationsCommand extends ListCommand<OperationInfo> {
  OperationsCommand(Session session) {
    super(session);
  }

  @Override
  List<OperationInfo> entries(Session session) {
    return session.checker().operations();
  }

  @Override
  List<String> columns(OperationInfo entry) {
    return List.of(entry.form(), entry.kernelEntry(), entry.caller());
  }
}
