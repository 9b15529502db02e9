/** Named changes to the modelled code, and what puts a kernel together from one. */
@NullMarked
package dev.mmexit.variant;

import org.jspecify.annotations.NullMarked;
