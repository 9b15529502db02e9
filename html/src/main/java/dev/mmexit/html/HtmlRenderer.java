package dev.mmexit.html;

import dev.mmexit.explorer.render.RenderOptions;
import dev.mmexit.explorer.render.Renderer;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.Writer;

/** The page of {@link HtmlReport}. */
public final class HtmlRenderer implements Renderer {

  @Override
  public String name() {
    return "html";
  }

  @Override
  public String summary() {
    return "a page to look at, in one file: results, interleavings, comparison, lock order";
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    HtmlReport.write(result, writer);
  }
}
