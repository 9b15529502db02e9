/**
 * What an exploration or a replay found, as immutable records. Every report and every JSON document
 * is drawn from these and from nothing else, so that a stored result can be drawn again without
 * exploring.
 */
@NullMarked
package dev.mmexit.explorer.result;

import org.jspecify.annotations.NullMarked;
