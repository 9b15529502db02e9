package dev.mmexit.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variants are found without a list of them, and every one is. */
class VariantsTest {
  private static Variant named(String name) {
    return new Variant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String summary() {
        return "of a test";
      }
    };
  }

  @Test
  void theCodeAsPostedIsFirst() {
    assertThat(Variants.all().get(0)).isInstanceOf(V2.class).hasToString("v2");
    assertThat(Variants.names()).first().isEqualTo("v2");
  }

  @Test
  void theOthersFollowByName() {
    assertThat(Variants.inOrder(List.of(named("z"), named("b"), named("v2"), named("a"))))
        .extracting(Variant::name)
        .containsExactly("v2", "a", "b", "z");
  }

  @Test
  void everyClassThatIsAVariantDeclaresItself() {
    List<String> classes = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(Variant.class)) {
      if (type.isAssignableTo(Variant.class)
          && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
        classes.add(type.getName());
      }
    }
    assertThat(Variants.all())
        .extracting(variant -> variant.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(classes);
  }

  @Test
  void findsByName() {
    assertThat(Variants.find("fixed").orElseThrow()).isInstanceOf(Fixed.class);
    assertThat(Variants.find("Fixed")).isEmpty();
  }

  @Test
  void refusesTwoOfOneName() {
    assertThatThrownBy(() -> Variants.inOrder(List.of(named("a"), named("a"))))
        .hasMessage("two variants are named a");
  }
}
