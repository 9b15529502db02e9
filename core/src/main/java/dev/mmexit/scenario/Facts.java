package dev.mmexit.scenario;

import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.Expr;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioMm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The atoms of conditions, in a state in which everything has finished. */
final class Facts {
  private final Objects objects;
  private final KernelImage image;
  private final Registers registers;

  Facts(Objects objects, KernelImage image, Registers registers) {
    this.objects = objects;
    this.image = image;
    this.registers = registers;
  }

  /** Every atom about objects that holds. */
  List<String> all() {
    List<String> facts = new ArrayList<>();
    for (ContainerFile file : objects.containers()) {
      for (IommuGroup group : objects.groups()) {
        if (attached(file, group)) {
          facts.add("attached(" + file.name() + "," + group.name() + ")");
        }
      }
      for (ScenarioProcess process : objects.processes()) {
        VfioMm entry = entry(file, process.mm());
        if (entry != null) {
          String pair = "(" + file.name() + "," + process.name() + ")";
          facts.add("listed" + pair);
          facts.add("pasid" + pair + "=" + entry.pasid.now());
        }
      }
    }
    for (Device device : objects.devices()) {
      for (ScenarioProcess process : objects.processes()) {
        if (bound(device, process.mm())) {
          facts.add("bound(" + device.name() + "," + process.name() + ")");
        }
      }
    }
    for (ScenarioProcess process : objects.processes()) {
      if (process.isRunning()) {
        facts.add("alive(" + process.name() + ")");
      }
    }
    return facts;
  }

  /** Whether an expression holds. */
  boolean holds(Expr expr) {
    if (expr instanceof Expr.And and) {
      return and.operands().stream().allMatch(this::holds);
    }
    if (expr instanceof Expr.Or or) {
      return or.operands().stream().anyMatch(this::holds);
    }
    if (expr instanceof Expr.Not not) {
      return !holds(not.operand());
    }
    if (expr instanceof Expr.RegisterAtom atom) {
      Integer value = registers.now().get(atom.thread() + ":" + atom.register());
      return value != null && atom.comparison().test(value, atom.value());
    }
    if (expr instanceof Expr.Attached atom) {
      return attached(objects.container(atom.container()), objects.group(atom.group()));
    }
    if (expr instanceof Expr.Listed atom) {
      return entry(atom.container(), atom.process()) != null;
    }
    if (expr instanceof Expr.PasidIs atom) {
      VfioMm entry = entry(atom.container(), atom.process());
      return entry != null && entry.pasid.now() == atom.pasid();
    }
    if (expr instanceof Expr.Bound atom) {
      return bound(objects.device(atom.device()), objects.process(atom.process()).mm());
    }
    if (expr instanceof Expr.Alive atom) {
      return objects.process(atom.process()).isRunning();
    }
    throw new IllegalArgumentException(expr.text());
  }

  /** What a state says against a condition: {@code exists} is judged over all states only. */
  static Optional<Violation> judge(Condition condition, boolean satisfies) {
    return switch (condition.quantifier()) {
      case EXISTS -> Optional.empty();
      case NOT_EXISTS ->
          satisfies
              ? Optional.of(
                  new Violation(
                      FindingKind.CONDITION,
                      "a final state satisfies what " + condition.text() + " rules out"))
              : Optional.empty();
      case FORALL ->
          satisfies
              ? Optional.empty()
              : Optional.of(
                  new Violation(
                      FindingKind.CONDITION, "a final state does not satisfy " + condition.text()));
    };
  }

  private static boolean attached(ContainerFile file, IommuGroup group) {
    VfioIommu iommu = file.now();
    return iommu != null && iommu.groupsNow().contains(group);
  }

  private @Nullable VfioMm entry(String container, String process) {
    return entry(objects.container(container), objects.process(process).mm());
  }

  /** The container's entry for an address space. */
  static @Nullable VfioMm entry(ContainerFile file, @Nullable MmStruct mm) {
    VfioIommu iommu = file.now();
    if (iommu != null && mm != null) {
      for (VfioMm entry : iommu.mmList.now()) {
        if (entry.mm.now() == mm) {
          return entry;
        }
      }
    }
    return null;
  }

  private boolean bound(Device device, @Nullable MmStruct mm) {
    return image.iommuSva().bondsOf(device).stream()
        .anyMatch(
            bond -> {
              IoMm ioMm = bond.ioMm.now();
              return ioMm != null && mm != null && ioMm.mm.now() == mm;
            });
  }
}
