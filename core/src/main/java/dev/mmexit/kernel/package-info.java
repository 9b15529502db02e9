/**
 * The kernel in miniature: struct memory made of cells, the locking primitives, lists, and the
 * interface to the engine that runs them. Nothing here knows what is modelled above it.
 */
@NullMarked
package dev.mmexit.kernel;

import org.jspecify.annotations.NullMarked;
