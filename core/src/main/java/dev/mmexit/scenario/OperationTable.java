package dev.mmexit.scenario;

import java.util.List;

/** The operations that a scenario can use, for people. */
public final class OperationTable {
  private static final String MANAGER = "a manager process that never exits";
  private static final List<Row> ALL =
      List.of(
          new Row("attach C G", "vfio_iommu_type1_attach_group", MANAGER),
          new Row("detach C G", "vfio_iommu_type1_detach_group", MANAGER),
          new Row("bind C P", "ioctl VFIO_IOMMU_BIND with VFIO_IOMMU_BIND_PID", MANAGER),
          new Row("bind C P by Q", "ioctl VFIO_IOMMU_BIND", "process Q"),
          new Row("unbind C P", "ioctl VFIO_IOMMU_UNBIND with VFIO_IOMMU_BIND_PID", MANAGER),
          new Row("unbind C P by Q", "ioctl VFIO_IOMMU_UNBIND", "process Q"),
          new Row("exit P", "do_exit of the last thread", "P"),
          new Row("exec P", "execve: exec_mmap, then do_close_on_exec", "P"),
          new Row("fork P Q", "copy_process", "P"),
          new Row("clone P Q", "copy_process with CLONE_VM", "P"),
          new Row("open C by P", "none: in the set-up, P holds C's file", "P"),
          new Row(
              "close C",
              "vfio_iommu_type1_release, called directly; filled with set-container: its files"
                  + " close",
              MANAGER),
          new Row(
              "set-container C G",
              "ioctl VFIO_GROUP_SET_CONTAINER, then VFIO_SET_IOMMU for the first group",
              MANAGER),
          new Row("unset-container G", "ioctl VFIO_GROUP_UNSET_CONTAINER", MANAGER),
          new Row("munmap P", "vm_munmap", "P"),
          new Row("fault D P", "iommu_report_device_fault", "device D"),
          new Row("dma D P", "none: a DMA with the PASID of P's last bind", "device D"),
          new Row("map C P", "ioctl VFIO_IOMMU_MAP_DMA, of the page that is P's", "P"),
          new Row("unmap C P", "ioctl VFIO_IOMMU_UNMAP_DMA, of the page that is P's", "P"),
          new Row("pin C P", "vfio_iommu_type1_pin_pages, of the page that is P's", MANAGER),
          new Row("nop", "none: a scheduling point and nothing else", "the thread"));

  private OperationTable() {}

  /**
   * An operation.
   *
   * @param form how it is written
   * @param kernelEntry what it calls
   * @param caller who calls
   */
  public record Row(String form, String kernelEntry, String caller) {}

  /** All of them, in the order of the format's description. */
  public static List<Row> all() {
    return ALL;
  }
}
