/** Two variants of the modelled code held side by side. */
@NullMarked
package dev.mmexit.explorer.compare;

import org.jspecify.annotations.NullMarked;
