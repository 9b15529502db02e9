package dev.mmexit.explorer.render;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.Writer;

/** What {@code check} prints. */
public final class TextRenderer implements Renderer {

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String summary() {
    return "what check prints";
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    TextReport report =
        new TextReport(options.style(), TextReport.WIDTH, MemoryModel.parse(result.memory()));
    writer.write(report.of(result));
  }
}
