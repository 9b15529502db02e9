package dev.mmexit.generate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Generated scenarios are explored through the front door, and the explorer knows nothing of it.
 */
@AnalyzeClasses(packages = "dev.mmexit", importOptions = DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule THROUGH_THE_FACADE =
      noClasses()
          .that()
          .resideInAPackage("dev.mmexit.generate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mmexit.explorer.engine..",
              "dev.mmexit.explorer.search..",
              "dev.mmexit.explorer.replay..",
              "dev.mmexit.vfio..",
              "dev.mmexit.iommu..",
              "dev.mmexit.mm..",
              "dev.mmexit.cli..");

  @ArchTest
  static final ArchRule FROM_ABOVE_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage("dev.mmexit.explorer..", "dev.mmexit.scenario..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mmexit.generate..");
}
