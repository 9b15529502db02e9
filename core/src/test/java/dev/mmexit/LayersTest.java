package dev.mmexit;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Lower layers of the model are unaware of upper ones. */
@AnalyzeClasses(packages = "dev.mmexit", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("kernel")
          .definedBy("dev.mmexit.kernel..")
          .layer("mm")
          .definedBy("dev.mmexit.mm..")
          .layer("iommu")
          .definedBy("dev.mmexit.iommu")
          .layer("iommu.sva")
          .definedBy("dev.mmexit.iommu.sva..")
          .layer("vfio")
          .definedBy("dev.mmexit.vfio..")
          .layer("variant")
          .definedBy("dev.mmexit.variant..")
          .layer("scenario")
          .definedBy("dev.mmexit.scenario..")
          .whereLayer("scenario")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("variant")
          .mayOnlyBeAccessedByLayers("scenario")
          .whereLayer("vfio")
          .mayOnlyBeAccessedByLayers("variant", "scenario")
          .whereLayer("iommu.sva")
          .mayOnlyBeAccessedByLayers("vfio", "variant", "scenario")
          .whereLayer("iommu")
          .mayOnlyBeAccessedByLayers("iommu.sva", "vfio", "variant", "scenario")
          .whereLayer("mm")
          .mayOnlyBeAccessedByLayers("iommu", "iommu.sva", "vfio", "variant", "scenario");
}
