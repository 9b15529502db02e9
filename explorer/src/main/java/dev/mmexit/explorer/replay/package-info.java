/** Schedules as text, and the execution that one of them gives, told step by step. */
@NullMarked
package dev.mmexit.explorer.replay;

import org.jspecify.annotations.NullMarked;
