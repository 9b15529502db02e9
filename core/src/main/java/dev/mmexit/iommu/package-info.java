/**
 * The IOMMU core, I/O page fault queues and two drivers: {@code drivers/iommu/iommu.c}, {@code
 * io-pgfault.c}, {@code dma-iommu.c} and {@code arm-smmu-v3.c}. What shares address spaces is a
 * layer above; the structs that drivers see of it are here.
 */
@NullMarked
package dev.mmexit.iommu;

import org.jspecify.annotations.NullMarked;
