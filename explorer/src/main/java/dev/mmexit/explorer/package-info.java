/** The engines behind one interface: what the command line asks of them. */
@NullMarked
package dev.mmexit.explorer;

import org.jspecify.annotations.NullMarked;
