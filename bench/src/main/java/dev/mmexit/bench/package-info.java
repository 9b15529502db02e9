/** Benchmarks of the explorer. */
@NullMarked
package dev.mmexit.bench;

import org.jspecify.annotations.NullMarked;
