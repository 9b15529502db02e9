package dev.mmexit.reproduce;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Readers know nothing of the model, and comparing nothing of searching. */
@AnalyzeClasses(packages = "dev.mmexit.reproduce", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("read")
          .definedBy("dev.mmexit.reproduce.read")
          .layer("match")
          .definedBy("dev.mmexit.reproduce.match")
          .layer("search")
          .definedBy("dev.mmexit.reproduce.search")
          .layer("facade")
          .definedBy("dev.mmexit.reproduce")
          .layer("report")
          .definedBy("dev.mmexit.reproduce.report")
          .whereLayer("report")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("search")
          .mayOnlyBeAccessedByLayers("report")
          .whereLayer("match")
          .mayOnlyBeAccessedByLayers("search", "facade", "report")
          .whereLayer("read")
          .mayOnlyBeAccessedByLayers("match", "search", "facade", "report");
}
