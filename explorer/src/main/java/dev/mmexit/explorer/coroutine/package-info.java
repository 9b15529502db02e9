/** Coroutines: continuations where the JDK has them, threads that hand over elsewhere. */
@NullMarked
package dev.mmexit.explorer.coroutine;

import org.jspecify.annotations.NullMarked;
