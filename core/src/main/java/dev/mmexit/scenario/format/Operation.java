package dev.mmexit.scenario.format;

import org.jspecify.annotations.Nullable;

/**
 * What a thread (or the set-up) does in one step. The names in it are those of declared objects, of
 * the right kind.
 */
public sealed interface Operation {
  /** The operation in the syntax of a scenario, as {@code attach C0 G0}. */
  String text();

  /**
   * {@code attach C G}: {@code vfio_iommu_type1_attach_group}, called by the manager, a process
   * that never exits.
   */
  record Attach(String container, String group) implements Operation {
    @Override
    public String text() {
      return "attach " + container + " " + group;
    }
  }

  /** {@code detach C G}: {@code vfio_iommu_type1_detach_group}, called by the manager. */
  record Detach(String container, String group) implements Operation {
    @Override
    public String text() {
      return "detach " + container + " " + group;
    }
  }

  /**
   * {@code bind C P by Q}: ioctl {@code VFIO_IOMMU_BIND}; its result is the PASID (above 0).
   *
   * @param by the process that calls; null for the manager
   */
  record Bind(String container, String process, @Nullable String by) implements Operation {
    @Override
    public String text() {
      return "bind " + container + " " + process + (by == null ? "" : " by " + by);
    }
  }

  /**
   * {@code unbind C P by Q}: ioctl {@code VFIO_IOMMU_UNBIND}.
   *
   * @param by the process that calls; null for the manager
   */
  record Unbind(String container, String process, @Nullable String by) implements Operation {
    @Override
    public String text() {
      return "unbind " + container + " " + process + (by == null ? "" : " by " + by);
    }
  }

  /** {@code exit P}: {@code do_exit} of the process's last thread. */
  record Exit(String process) implements Operation {
    @Override
    public String text() {
      return "exit " + process;
    }
  }

  /**
   * {@code exec P}: {@code exec_mmap}: the process gets a new address space and drops the old one.
   */
  record Exec(String process) implements Operation {
    @Override
    public String text() {
      return "exec " + process;
    }
  }

  /** {@code fork P Q}: the process gets a child: a copied address space, the same open files. */
  record Fork(String process, String child) implements Operation {
    @Override
    public String text() {
      return "fork " + process + " " + child;
    }
  }

  /** {@code clone P Q}: a new task that shares the process's address space (CLONE_VM). */
  record CloneVm(String process, String task) implements Operation {
    @Override
    public String text() {
      return "clone " + process + " " + task;
    }
  }

  /**
   * {@code open C by P}: in the set-up: the process holds the container's file, which closes with
   * its last holder.
   */
  record Open(String container, String process) implements Operation {
    @Override
    public String text() {
      return "open " + container + " by " + process;
    }
  }

  /** {@code close C}: {@code vfio_iommu_type1_release}, called directly. */
  record Close(String container) implements Operation {
    @Override
    public String text() {
      return "close " + container;
    }
  }

  /**
   * {@code munmap P}: a range of the address space goes away: the {@code invalidate_range}
   * notifier.
   */
  record Munmap(String process) implements Operation {
    @Override
    public String text() {
      return "munmap " + process;
    }
  }

  /**
   * {@code fault D P}: an I/O page fault of the device with the PASID that it has for the process.
   */
  record Fault(String device, String process) implements Operation {
    @Override
    public String text() {
      return "fault " + device + " " + process;
    }
  }

  /**
   * {@code dma D P}: the device uses the PASID that the last successful bind of the process gave;
   * its result is the number of the process whose memory it reaches, or {@code -EFAULT}.
   */
  record Dma(String device, String process) implements Operation {
    @Override
    public String text() {
      return "dma " + device + " " + process;
    }
  }

  /** {@code map C P}: ioctl MAP_DMA of one range, by a task of the process. */
  record MapDma(String container, String process) implements Operation {
    @Override
    public String text() {
      return "map " + container + " " + process;
    }
  }

  /** {@code unmap C P}: ioctl UNMAP_DMA of one range, by a task of the process. */
  record UnmapDma(String container, String process) implements Operation {
    @Override
    public String text() {
      return "unmap " + container + " " + process;
    }
  }

  /**
   * {@code pin C P}: {@code pin_pages} by a mediated-device driver, of a range that the process
   * mapped.
   */
  record Pin(String container, String process) implements Operation {
    @Override
    public String text() {
      return "pin " + container + " " + process;
    }
  }

  /** {@code set-container C G}: group ioctl SET_CONTAINER, and SET_IOMMU for the first group. */
  record SetContainer(String container, String group) implements Operation {
    @Override
    public String text() {
      return "set-container " + container + " " + group;
    }
  }

  /** {@code unset-container G}: group ioctl UNSET_CONTAINER. */
  record UnsetContainer(String group) implements Operation {
    @Override
    public String text() {
      return "unset-container " + group;
    }
  }

  /** {@code nop}: a scheduling point and nothing else. */
  record Nop() implements Operation {
    @Override
    public String text() {
      return "nop";
    }
  }
}
