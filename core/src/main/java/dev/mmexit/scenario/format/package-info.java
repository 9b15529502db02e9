/**
 * The scenario format ({@code .litmus}): its syntax tree, the parser that reads a file and says
 * everything that is wrong with it, and the writer that turns a scenario back into text.
 */
@NullMarked
package dev.mmexit.scenario.format;

import org.jspecify.annotations.NullMarked;
