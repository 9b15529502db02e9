/** The search: every interleaving of a world, never on from a state that has been seen. */
@NullMarked
package dev.mmexit.explorer.search;

import org.jspecify.annotations.NullMarked;
