/** Runs the model on real cores, millions of times: what jcstress needs of it. */
@NullMarked
package dev.mmexit.stress;

import org.jspecify.annotations.NullMarked;
