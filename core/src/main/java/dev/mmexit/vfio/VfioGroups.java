package dev.mmexit.vfio;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;

/**
 * The part of drivers/vfio/vfio.c behind the files of groups. All devices are bound to VFIO for
 * good, and none of their own files is ever open.
 */
public abstract class VfioGroups {
  /**
   * What {@link #vfioGroupSetContainer} returns in place of 0 for the first group of a container.
   * The C function returns 0 for every group: who uses VFIO knows which one comes first.
   */
  public static final int FIRST_GROUP = 1;

  /** The static variables of the file. */
  public final VfioGlobals globals;

  protected final Engine engine;

  VfioGroups(Engine engine) {
    this.engine = engine;
    globals = new VfioGlobals(engine);
  }

  /** {@code vfio_container_get} of drivers/vfio/vfio.c. */
  public void vfioContainerGet(VfioContainer container) {
    engine.run("vfio_container_get", container.kref::inc);
  }

  /** {@code vfio_container_put} of drivers/vfio/vfio.c: the last one frees the container. */
  public void vfioContainerPut(VfioContainer container) {
    engine.run(
        "vfio_container_put",
        () -> {
          if (container.kref.decAndTest()) {
            container.kfree();
          }
        });
  }

  /** {@code vfio_group_get} of drivers/vfio/vfio.c. */
  public void vfioGroupGet(VfioCoreGroup group) {
    engine.run("vfio_group_get", group.kref::inc);
  }

  /**
   * {@code vfio_group_put} of drivers/vfio/vfio.c. The devices keep a reference, so what the last
   * put does beyond freeing the group is left out.
   */
  public void vfioGroupPut(VfioCoreGroup group) {
    engine.run(
        "vfio_group_put",
        () -> {
          if (group.kref.decAndTest()) {
            group.kfree();
          }
        });
  }

  /** {@code vfio_create_group} of drivers/vfio/vfio.c, as far as the struct goes. */
  public VfioCoreGroup vfioCreateGroup(IommuGroup iommuGroup) {
    return engine.get(
        "vfio_create_group", () -> engine.create(() -> new VfioCoreGroup(engine, iommuGroup)));
  }

  /**
   * {@code vfio_group_fops_open} of drivers/vfio/vfio.c; the minor number is always known.
   *
   * @return {@code -EBUSY} where the group's file is open, or the group is still in a container
   */
  public int vfioGroupFopsOpen(VfioCoreGroup group, VfioFile<VfioCoreGroup> filep) {
    return engine.call(
        "vfio_group_fops_open",
        () -> {
          vfioGroupGet(group);
          if (group.opened.cmpxchg(0, 1) != 0) {
            vfioGroupPut(group);
            return -Errno.EBUSY;
          }
          if (group.container.get() != null) {
            group.opened.dec();
            vfioGroupPut(group);
            return -Errno.EBUSY;
          }
          filep.privateData.set(group);
          return 0;
        });
  }

  /** {@code vfio_group_fops_release} of drivers/vfio/vfio.c: takes the group out of a container. */
  public void vfioGroupFopsRelease(VfioFile<VfioCoreGroup> filep) {
    engine.run(
        "vfio_group_fops_release",
        () -> {
          VfioCoreGroup group = filep.privateData.deref();
          filep.privateData.set(null);
          vfioGroupTryDissolveContainer(group);
          group.opened.dec();
          vfioGroupPut(group);
        });
  }

  /**
   * {@code vfio_group_set_container} of drivers/vfio/vfio.c. Looks at the number of users before it
   * takes the lock, and not again.
   *
   * @return 0 or {@link #FIRST_GROUP}; {@code -EINVAL} where the group is in a container, {@code
   *     -EBADF} where the container's file is closed, or what attaching the group fails with
   */
  public int vfioGroupSetContainer(VfioCoreGroup group, VfioFile<VfioContainer> file) {
    return engine.call(
        "vfio_group_set_container",
        () -> {
          if (group.containerUsers.read() != 0) {
            return -Errno.EINVAL;
          }
          if (!file.fdget()) {
            return -Errno.EBADF;
          }
          VfioContainer container = file.privateData.deref();
          container.groupLock.downWrite();
          VfioIommuDriver driver = container.iommuDriver.get();
          int ret = 0;
          if (driver != null) {
            ret =
                driver.ops.vfioIommuType1AttachGroup(container.iommuData.deref(), group.iommuGroup);
          }
          if (ret == 0) {
            group.container.set(container);
            ret = container.groupList.isEmpty() ? FIRST_GROUP : 0;
            container.groupList.add(group.containerNext);
            vfioContainerGet(container);
            group.containerUsers.inc();
          }
          container.groupLock.upWrite();
          file.fdput();
          return ret;
        });
  }

  /**
   * {@code vfio_group_unset_container} of drivers/vfio/vfio.c.
   *
   * @return {@code -EINVAL} where the group is in no container, {@code -EBUSY} where it has other
   *     users, else 0
   */
  public int vfioGroupUnsetContainer(VfioCoreGroup group) {
    return engine.call(
        "vfio_group_unset_container",
        () -> {
          int users = group.containerUsers.cmpxchg(1, 0);
          if (users == 0) {
            return -Errno.EINVAL;
          }
          if (users != 1) {
            return -Errno.EBUSY;
          }
          __vfioGroupUnsetContainer(group);
          return 0;
        });
  }

  /** {@code vfio_group_try_dissolve_container} of drivers/vfio/vfio.c. */
  public void vfioGroupTryDissolveContainer(VfioCoreGroup group) {
    engine.run(
        "vfio_group_try_dissolve_container",
        () -> {
          if (group.containerUsers.decIfPositive() == 0) {
            __vfioGroupUnsetContainer(group);
          }
        });
  }

  /**
   * {@code __vfio_group_unset_container} of drivers/vfio/vfio.c: the last group takes the driver's
   * data with it.
   */
  public void __vfioGroupUnsetContainer(VfioCoreGroup group) {
    engine.run(
        "__vfio_group_unset_container",
        () -> {
          VfioContainer container = group.container.deref();
          container.groupLock.downWrite();
          VfioIommuDriver driver = container.iommuDriver.get();
          if (driver != null) {
            driver.ops.vfioIommuType1DetachGroup(container.iommuData.deref(), group.iommuGroup);
          }
          group.container.set(null);
          group.containerQ.wakeUpAll();
          group.containerNext.del();
          if (driver != null && container.groupList.isEmpty()) {
            driver.ops.vfioIommuType1Release(container.iommuData.deref());
            container.iommuDriver.set(null);
            container.iommuData.set(null);
          }
          container.groupLock.upWrite();
          vfioContainerPut(container);
        });
  }
}
