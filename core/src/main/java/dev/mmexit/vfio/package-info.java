/** The type1 driver of VFIO with the patch: {@code drivers/vfio/vfio_iommu_type1.c}. */
@NullMarked
package dev.mmexit.vfio;

import org.jspecify.annotations.NullMarked;
