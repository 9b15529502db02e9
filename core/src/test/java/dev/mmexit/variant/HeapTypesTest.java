package dev.mmexit.variant;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mmexit.kernel.Struct;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every struct is either allocated by {@code kzalloc}, and has a cache, or it is known not to be.
 * What a variant derives from one has the cache of that one.
 */
class HeapTypesTest {
  /** Static variables, locals of C functions, hardware, and what belongs to the scenario. */
  private static final Set<String> NOT_ON_THE_HEAP =
      Set.of(
          "ArmSmmuMasterData",
          "ArmSmmuPriq",
          "BindDevLocals",
          "BusPointer",
          "Direct",
          "Layered",
          "Device",
          "FaultInjection",
          "IommuGroup",
          "IommuSvaGlobals",
          "IopfQueue",
          "MdevDriver",
          "MmGlobals",
          "PidStruct",
          "Registers",
          "ScenarioProcess",
          "SlabCaches",
          "SvaStatics",
          "UserBind",
          "UserDma",
          "VfioFile",
          "VfioGlobals",
          "VfioIommuDriver",
          "VfioIommuSvaBindData",
          "VfioIommuType1Bind",
          "VfioIommuType1BindProcess",
          "VfioIommuType1DmaMap");

  @Test
  void everyTypeIsKnown() {
    Set<String> expected = new TreeSet<>(NOT_ON_THE_HEAP);
    HeapTypes.all().forEach(type -> expected.add(type.getSimpleName()));
    Set<String> found = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.mmexit")) {
      if (type.isAssignableTo(Struct.class)
          && !type.getModifiers().contains(JavaModifier.ABSTRACT)
          && !isOfVariant(type)) {
        found.add(type.getSimpleName());
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private static boolean isOfVariant(JavaClass type) {
    return type.getPackageName().equals(HeapTypes.class.getPackageName())
        && type.getRawSuperclass()
            .filter(base -> HeapTypes.all().stream().anyMatch(base::isEquivalentTo))
            .isPresent();
  }
}
