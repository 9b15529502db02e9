/** Sharing of address spaces with devices: {@code drivers/iommu/iommu-sva.c}. */
@NullMarked
package dev.mmexit.iommu.sva;

import org.jspecify.annotations.NullMarked;
