package dev.mmexit.reproduce.search;

import dev.mmexit.reproduce.match.Place;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * By which functions an operation enters the kernel. Only the order of a search depends on it: a
 * scenario whose operations a report shows is looked at earlier.
 */
final class Entries {
  private Entries() {}

  /** How many places of the query no operation of the scenario's race leads to. */
  static int unexplained(Query query, Scenario scenario) {
    Set<String> entries = new HashSet<>();
    scenario
        .threads()
        .forEach(thread -> thread.steps().forEach(step -> entries.addAll(of(step.operation()))));
    int unexplained = 0;
    for (Place place : query.modelled()) {
      unexplained += place.functions().stream().noneMatch(entries::contains) ? 1 : 0;
    }
    return unexplained;
  }

  /**
   * How far from the kernel's entry the scenario's operations begin: functions of the report that
   * are further out than each of theirs.
   */
  static int skipped(Query query, Scenario scenario) {
    Set<String> entries = new HashSet<>();
    scenario
        .threads()
        .forEach(thread -> thread.steps().forEach(step -> entries.addAll(of(step.operation()))));
    int skipped = 0;
    for (Place place : query.modelled()) {
      List<String> functions = place.functions();
      for (int i = functions.size() - 1; i >= 0 && !entries.contains(functions.get(i)); i--) {
        skipped++;
      }
    }
    return skipped;
  }

  static List<String> of(Operation operation) {
    if (operation instanceof Operation.Attach) {
      // What it has put off is done by a kworker.
      return List.of("vfio_iommu_type1_attach_group", "mmput_async_fn");
    } else if (operation instanceof Operation.Detach) {
      return List.of("vfio_iommu_type1_detach_group");
    } else if (operation instanceof Operation.Bind) {
      return List.of("vfio_iommu_type1_ioctl", "vfio_iommu_type1_bind_process");
    } else if (operation instanceof Operation.Unbind) {
      return List.of("vfio_iommu_type1_ioctl", "vfio_iommu_type1_unbind_process");
    } else if (operation instanceof Operation.Exit) {
      return List.of("do_exit", "exit_task_work");
    } else if (operation instanceof Operation.Exec) {
      return List.of("do_execveat_common", "flush_old_exec");
    } else if (operation instanceof Operation.Fork || operation instanceof Operation.CloneVm) {
      return List.of("copy_process");
    } else if (operation instanceof Operation.Close) {
      return List.of("vfio_iommu_type1_release", "vfio_group_fops_release", "vfio_fops_release");
    } else if (operation instanceof Operation.Munmap) {
      return List.of("vm_munmap");
    } else if (operation instanceof Operation.Fault) {
      return List.of("arm_smmu_priq_thread", "iommu_report_device_fault", "iopf_handle_group");
    } else if (operation instanceof Operation.MapDma) {
      return List.of("vfio_iommu_type1_ioctl", "vfio_dma_do_map");
    } else if (operation instanceof Operation.UnmapDma) {
      return List.of("vfio_iommu_type1_ioctl", "vfio_dma_do_unmap");
    } else if (operation instanceof Operation.Pin) {
      return List.of("vfio_iommu_type1_pin_pages");
    } else if (operation instanceof Operation.SetContainer) {
      return List.of("vfio_group_set_container", "vfio_ioctl_set_iommu", "vfio_fops_unl_ioctl");
    } else if (operation instanceof Operation.UnsetContainer) {
      return List.of("vfio_group_unset_container", "__vfio_group_unset_container");
    }
    return List.of();
  }
}
