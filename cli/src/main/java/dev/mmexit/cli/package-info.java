/** The command line. */
@NullMarked
package dev.mmexit.cli;

import org.jspecify.annotations.NullMarked;
