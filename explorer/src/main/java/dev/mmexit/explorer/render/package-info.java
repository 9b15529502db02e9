/**
 * Stored results in the formats of other programs. A renderer reads records of {@code result} only:
 * what it draws is what was found, and it never explores.
 */
@NullMarked
package dev.mmexit.explorer.render;

import org.jspecify.annotations.NullMarked;
