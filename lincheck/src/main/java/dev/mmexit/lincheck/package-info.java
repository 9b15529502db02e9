/** Lincheck's scheduler over the modelled code: an opinion that is independent of the explorer. */
@NullMarked
package dev.mmexit.lincheck;

import org.jspecify.annotations.NullMarked;
