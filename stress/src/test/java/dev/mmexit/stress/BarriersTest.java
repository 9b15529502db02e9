package dev.mmexit.stress;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.mmexit.iommu.sva.IoMms;
import dev.mmexit.kernel.Fence;
import dev.mmexit.kernel.RefCount;
import org.junit.jupiter.api.Test;

/**
 * The modelled code has the barriers that the kernel's has. No run can tell: on real threads every
 * primitive beside them is a barrier as well, and the explorer needs none.
 */
class BarriersTest {
  private final JavaClasses classes = new ClassFileImporter().importClasses(IoMms.class);

  @Test
  void ioMmIsCompleteBeforeItsCountIsSet() {
    methods()
        .that(describe("are io_mm_alloc", method -> method.getName().equals("ioMmAlloc")))
        .should(callInThisOrder(Fence.class, "smpWmb", RefCount.class, "init"))
        .check(classes);
  }

  private static ArchCondition<JavaMethod> callInThisOrder(
      Class<?> first, String one, Class<?> second, String two) {
    return new ArchCondition<>("call %s and then %s".formatted(one, two)) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        int before = line(method, first, one);
        int after = line(method, second, two);
        events.add(
            new SimpleConditionEvent(
                method,
                before > 0 && before < after,
                "%s calls %s in line %d and %s in line %d"
                    .formatted(method.getFullName(), one, before, two, after)));
      }
    };
  }

  private static int line(JavaMethod method, Class<?> owner, String name) {
    return method.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().isEquivalentTo(owner))
        .filter(call -> call.getName().equals(name))
        .mapToInt(call -> call.getLineNumber())
        .findFirst()
        .orElse(0);
  }
}
