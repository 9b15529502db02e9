package dev.mmexit.explorer.render;

import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.Writer;

/**
 * Draws a stored result in one format. An implementation has a public constructor without
 * parameters and is named in {@code META-INF/services}; there is no other list of them.
 */
public interface Renderer {

  /** The name of the format, as {@code --to} takes it. */
  String name();

  /** What it is for, in a few words. */
  String summary();

  /** Whether it can draw one finding alone. Where it cannot, none is ever asked of it. */
  default boolean drawsOneFinding() {
    return false;
  }

  /**
   * Writes the document. The same result gives the same document.
   *
   * @param result what to draw
   * @param options how
   * @param writer stays open
   * @throws IOException where it cannot be written
   * @throws NothingToDraw where the result has nothing for this format, or too much
   */
  void render(CheckResult result, RenderOptions options, Writer writer) throws IOException;
}
