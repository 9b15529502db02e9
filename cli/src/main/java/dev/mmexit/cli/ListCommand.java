package dev.mmexit.cli;

import dev.mmexit.explorer.report.JsonReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that lists what there is, a line each. */
abstract class ListCommand<T extends Record> implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOptions output = new OutputOptions();

  ListCommand(Session session) {
    this.session = session;
  }

  /** What to list: with {@code --format json}, an array of these. */
  abstract List<T> entries(Session session);

  /** The columns of one entry's line. */
  abstract List<String> columns(T entry);

  @Override
  public Integer call() {
    output.validate();
    List<T> entries = entries(session);
    output.write(
        session.out(),
        writer -> {
          if (output.json()) {
            JsonReport.writeDocument(entries, writer);
          } else {
            writer.write(Columns.of(entries.stream().map(this::columns).toList()));
          }
        });
    return ExitStatus.OK;
  }
}
