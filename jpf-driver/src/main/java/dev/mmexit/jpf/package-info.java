/** A scenario as a program for Java PathFinder, on the engine of real threads. */
@NullMarked
package dev.mmexit.jpf;

import org.jspecify.annotations.NullMarked;
