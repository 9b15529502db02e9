/**
 * What the kernel code relies on of memory and of its primitives. Each idiom comes as a triple: the
 * idiom alone, in plain Java; the model's own primitive; and broken twins, in which the bad outcome
 * has to be seen, lest the tests are blind.
 */
@NullMarked
package dev.mmexit.stress.ordering;

import org.jspecify.annotations.NullMarked;
