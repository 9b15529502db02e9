/**
 * Results as text and as JSON. Reports read records of {@code result} only, and change nothing in
 * them.
 */
@NullMarked
package dev.mmexit.explorer.report;

import org.jspecify.annotations.NullMarked;
