/** The order in which locks are taken, over everything explored: a graph, and its cycles. */
@NullMarked
package dev.mmexit.explorer.lockorder;

import org.jspecify.annotations.NullMarked;
