package dev.mmexit.scenario;

import dev.mmexit.iommu.ArmSmmuDomain;
import dev.mmexit.iommu.Device;
import dev.mmexit.iommu.IoMm;
import dev.mmexit.iommu.IommuBond;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.vfio.VfioIommu;
import dev.mmexit.vfio.VfioMm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must hold between containers, devices and address spaces when everything has finished. */
final class Properties {
  private final Objects objects;
  private final KernelImage image;

  Properties(Objects objects, KernelImage image) {
    this.objects = objects;
    this.image = image;
  }

  List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    for (ContainerFile file : objects.containers()) {
      VfioIommu iommu = file.now();
      if (iommu != null) {
        for (VfioMm entry : iommu.mmList.now()) {
          checkEntry(file, iommu, entry, found);
        }
      }
    }
    for (Device device : objects.devices()) {
      checkDevice(device, found);
    }
    checkPasids(found);
    return found;
  }

  private void checkEntry(
      ContainerFile file, VfioIommu iommu, VfioMm entry, List<Violation> found) {
    MmStruct mm = entry.mm.now();
    if (mm == null) {
      return;
    }
    if (!isUsed(mm)) {
      ScenarioProcess process = processOf(mm);
      add(
          found,
          FindingKind.STALE_MM,
          file.name()
              + " lists the address space of "
              + (process == null
                  ? mm.name() + ", which nobody has any more"
                  : process.name() + ", which has exited"));
      return;
    }
    for (IommuGroup group : iommu.groupsNow()) {
      for (Device device : group.devices()) {
        if (device.canFault && bond(device, mm) == null) {
          add(
              found,
              FindingKind.MISSING_BOND,
              file.name()
                  + " lists the address space of "
                  + mm.name()
                  + ", to which "
                  + device.name()
                  + " of its group "
                  + group.name()
                  + " is not bound");
        }
      }
    }
  }

  private void checkDevice(Device device, List<Violation> found) {
    ContainerFile file = containerOf(device.iommuGroup);
    for (IommuBond bond : image.iommuSva().bondsOf(device)) {
      IoMm ioMm = bond.ioMm.now();
      MmStruct mm = ioMm == null ? null : ioMm.mm.now();
      if (ioMm == null || mm == null) {
        continue;
      }
      VfioMm entry = file == null ? null : Facts.entry(file, mm);
      if (file == null || entry == null) {
        add(
            found,
            FindingKind.LEAKED_BOND,
            device.name()
                + " is bound to the address space of "
                + mm.name()
                + (file == null
                    ? ", but its group is in no container"
                    : ", which " + file.name() + " does not list"));
      } else if (entry.pasid.now() != ioMm.pasid.now()) {
        add(
            found,
            FindingKind.PASID_SPLIT,
            device.name()
                + " has PASID "
                + ioMm.pasid.now()
                + " for the address space of "
                + mm.name()
                + ", for which "
                + file.name()
                + " lists PASID "
                + entry.pasid.now());
      }
    }
    if (file == null && device.iommuParam.svaParam.now() != null) {
      add(
          found,
          FindingKind.LEAKED_SVA_PARAM,
          "SVA is still initialised on " + device.name() + ", whose group is in no container");
    }
    checkAccess(device, file, found);
  }

  /** What the device can still reach. A domain that was freed is found when it is used. */
  private void checkAccess(Device device, @Nullable ContainerFile file, List<Violation> found) {
    ArmSmmuDomain domain = device.iommuPriv.ste.now();
    if (domain == null || !domain.isAlive()) {
      return;
    }
    for (Map.Entry<Integer, MmStruct> entry : image.streamTable().reaches(device).entrySet()) {
      MmStruct mm = entry.getValue();
      if (file == null || Facts.entry(file, mm) == null) {
        add(
            found,
            FindingKind.WRONG_ACCESS,
            device.name()
                + " reaches the address space of "
                + mm.name()
                + " with PASID "
                + entry.getKey()
                + (file == null
                    ? ", but its group is in no container"
                    : ", which " + file.name() + " does not list"));
      }
    }
  }

  private void checkPasids(List<Violation> found) {
    Map<Integer, IoMm> table = image.iommuSva().globals.iommuPasidIdr.now();
    for (MmStruct mm : addressSpaces(table.values())) {
      Set<Integer> pasids = new TreeSet<>();
      table.forEach(
          (pasid, ioMm) -> {
            if (ioMm.mm.now() == mm) {
              pasids.add(pasid);
            }
          });
      if (pasids.size() > 1) {
        add(
            found,
            FindingKind.DUPLICATE_PASID,
            "the address space of " + mm.name() + " has the PASIDs " + pasids);
      }
    }
    checkShared(found);
  }

  /** Those of the processes in the order of these, then those that only a PASID leads to. */
  private Set<MmStruct> addressSpaces(Collection<IoMm> ioMms) {
    Set<MmStruct> all = new LinkedHashSet<>();
    for (ScenarioProcess process : objects.processes()) {
      MmStruct mm = process.mm();
      if (mm != null) {
        all.add(mm);
      }
    }
    for (IoMm ioMm : ioMms) {
      MmStruct mm = ioMm.mm.now();
      if (mm != null) {
        all.add(mm);
      }
    }
    return all;
  }

  private void checkShared(List<Violation> found) {
    for (ContainerFile file : objects.containers()) {
      VfioIommu iommu = file.now();
      List<VfioMm> entries = iommu == null ? List.of() : iommu.mmList.now();
      for (VfioMm one : entries) {
        for (VfioMm other : entries) {
          MmStruct first = one.mm.now();
          MmStruct second = other.mm.now();
          if (first != null
              && second != null
              && first.name().compareTo(second.name()) < 0
              && isUsed(first)
              && isUsed(second)
              && one.pasid.now() == other.pasid.now()) {
            add(
                found,
                FindingKind.DUPLICATE_PASID,
                "the address spaces of "
                    + first.name()
                    + " and "
                    + second.name()
                    + " share PASID "
                    + one.pasid.now()
                    + " in "
                    + file.name());
          }
        }
      }
    }
  }

  /** Whether anybody uses an address space still. What was freed says what it said last. */
  private static boolean isUsed(MmStruct mm) {
    return mm.mmUsers.now() > 0;
  }

  private @Nullable ScenarioProcess processOf(MmStruct mm) {
    for (ScenarioProcess process : objects.processes()) {
      if (process.mm() == mm) {
        return process;
      }
    }
    return null;
  }

  private @Nullable ContainerFile containerOf(IommuGroup group) {
    for (ContainerFile file : objects.containers()) {
      VfioIommu iommu = file.now();
      if (iommu != null && iommu.groupsNow().contains(group)) {
        return file;
      }
    }
    return null;
  }

  private @Nullable IommuBond bond(Device device, MmStruct mm) {
    for (IommuBond bond : image.iommuSva().bondsOf(device)) {
      IoMm ioMm = bond.ioMm.now();
      if (ioMm != null && ioMm.mm.now() == mm) {
        return bond;
      }
    }
    return null;
  }

  private static void add(List<Violation> found, FindingKind kind, String sentence) {
    found.add(new Violation(kind, sentence));
  }
}
