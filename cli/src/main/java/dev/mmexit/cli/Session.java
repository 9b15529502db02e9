package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.render.Renderer;
import java.io.PrintWriter;
import java.util.List;

/**
 * What every command works with.
 *
 * @param out the standard output
 * @param err the standard error
 * @param environment where the program runs
 * @param checker the model and its engines
 * @param renderers the formats that stored results are drawn in
 */
record Session(
    PrintWriter out,
    PrintWriter err,
    Environment environment,
    CheckerFacade checker,
    List<Renderer> renderers) {
  Session {
    renderers = List.copyOf(renderers);
  }
}
