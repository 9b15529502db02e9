package dev.mmexit.cli;

import dev.mmexit.explorer.CheckerFacade;
import java.io.PrintWriter;

/**
 * What every command works with.
 *
 * @param out the standard output
 * @param err the standard error
 * @param environment where the program runs
 * @param checker the model and its engines
 */
record Session(PrintWriter out, PrintWriter err, Environment environment, CheckerFacade checker) {}
