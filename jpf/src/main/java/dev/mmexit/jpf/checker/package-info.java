/** Java PathFinder, told how to run a {@code dev.mmexit.jpf.Driver}, and what it says then. */
@NullMarked
package dev.mmexit.jpf.checker;

import org.jspecify.annotations.NullMarked;
