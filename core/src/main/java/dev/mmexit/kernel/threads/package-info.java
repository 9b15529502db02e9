/** The kernel in miniature on real threads: Java's own monitors, fences and VarHandles. */
@NullMarked
package dev.mmexit.kernel.threads;

import org.jspecify.annotations.NullMarked;
