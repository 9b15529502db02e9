/**
 * Reads what a kernel prints of a race: finds the reports in a log, whatever mailers and loggers
 * have made of it, and says of each which tasks were where.
 */
@NullMarked
package dev.mmexit.reproduce.read;

import org.jspecify.annotations.NullMarked;
