/** VFIO: {@code drivers/vfio/vfio.c}, and its type1 driver with the patch. */
@NullMarked
package dev.mmexit.vfio;

import org.jspecify.annotations.NullMarked;
