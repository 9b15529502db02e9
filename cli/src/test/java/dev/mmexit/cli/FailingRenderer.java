package dev.mmexit.cli;

import dev.mmexit.explorer.render.RenderOptions;
import dev.mmexit.explorer.render.Renderer;
import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.Writer;

/** A format that fails after it has begun. */
record FailingRenderer(String name, Runnable failure) implements Renderer {

  @Override
  public String summary() {
    return "nothing";
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    writer.write("a beginning");
    failure.run();
  }
}
