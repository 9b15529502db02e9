/**
 * Which variants cannot differ from the code as posted in a scenario, so that nothing of them has
 * to be explored.
 */
@NullMarked
package dev.mmexit.explorer.carry;

import org.jspecify.annotations.NullMarked;
