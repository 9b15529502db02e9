package dev.mmexit.iommu;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** drivers/iommu/iommu.c: groups, domains and device fault handlers. */
public final class Iommu {
  private final Engine engine;

  /** The IOMMU core. */
  public Iommu(Engine engine) {
    this.engine = engine;
  }

  /**
   * {@code iommu_group_for_each_dev} of drivers/iommu/iommu.c: calls {@code fn} with the group's
   * mutex held, until it returns something other than 0.
   */
  public int iommuGroupForEachDev(IommuGroup group, ToIntFunction<Device> fn) {
    return engine.call(
        "iommu_group_for_each_dev",
        () -> {
          int ret = 0;
          group.mutex.lock();
          for (Device dev : group.devices()) {
            ret = fn.applyAsInt(dev);
            if (ret != 0) {
              break;
            }
          }
          group.mutex.unlock();
          return ret;
        });
  }

  /** {@code iommu_get_domain_for_dev} of drivers/iommu/iommu.c: takes no lock. */
  public @Nullable IommuDomain iommuGetDomainForDev(Device dev) {
    return engine.get("iommu_get_domain_for_dev", () -> dev.iommuGroup.domain.get());
  }

  /**
   * {@code iommu_attach_group} of drivers/iommu/iommu.c. The first error is returned with the
   * devices before it attached; without a default domain nothing tells that the group is in use.
   */
  public int iommuAttachGroup(IommuDomain domain, IommuGroup group) {
    return engine.call(
        "iommu_attach_group",
        () -> {
          group.mutex.lock();
          IommuDomain defaultDomain = group.defaultDomain.get();
          int ret =
              defaultDomain != null && !group.domain.pointsTo(defaultDomain) ? -Errno.EBUSY : 0;
          if (engine.shouldFail(FaultSite.IOMMU_ATTACH_GROUP, -Errno.EBUSY, group.name())) {
            ret = -Errno.EBUSY;
          }
          if (ret == 0) {
            ret = attachEach(domain, group);
          }
          if (ret == 0) {
            group.domain.set(domain);
          }
          group.mutex.unlock();
          return ret;
        });
  }

  /**
   * {@code iommu_detach_group} of drivers/iommu/iommu.c: back to the default domain, or to none. A
   * driver without {@code detach_dev} is not told of the latter.
   */
  public void iommuDetachGroup(IommuDomain domain, IommuGroup group) {
    engine.run(
        "iommu_detach_group",
        () -> {
          group.mutex.lock();
          IommuDomain defaultDomain = group.defaultDomain.get();
          if (defaultDomain == null) {
            for (Device dev : group.devices()) {
              IommuOps ops = domain.ops.deref();
              if (ops.hasDetachDev()) {
                ops.detachDev(domain, dev);
              }
            }
            group.domain.set(null);
          } else if (!group.domain.pointsTo(defaultDomain)) {
            if (attachEach(defaultDomain, group) == 0) {
              group.domain.set(defaultDomain);
            } else {
              engine.warn(group, "the devices of a group do not return to its default domain");
            }
          }
          group.mutex.unlock();
        });
  }

  private int attachEach(IommuDomain domain, IommuGroup group) {
    for (Device dev : group.devices()) {
      int ret = domain.ops.deref().attachDev(domain, dev);
      if (ret != 0) {
        return ret;
      }
    }
    return 0;
  }

  /** {@code iommu_domain_alloc} of drivers/iommu/iommu.c. */
  public @Nullable IommuDomain iommuDomainAlloc(@Nullable BusType bus) {
    return engine.get(
        "iommu_domain_alloc",
        () -> {
          IommuOps ops = bus == null ? null : bus.iommuOps();
          if (bus == null || ops == null) {
            return null;
          }
          if (engine.shouldFail(FaultSite.IOMMU_DOMAIN_ALLOC, -Errno.EIO, bus.group())) {
            return null;
          }
          IommuDomain domain = ops.domainAlloc(IommuConst.IOMMU_DOMAIN_UNMANAGED);
          if (domain == null) {
            return null;
          }
          domain.allocatedFor = bus.group();
          domain.ops.set(ops);
          domain.type.set(IommuConst.IOMMU_DOMAIN_UNMANAGED);
          return domain;
        });
  }

  /** {@code iommu_domain_free} of drivers/iommu/iommu.c. */
  public void iommuDomainFree(IommuDomain domain) {
    engine.run("iommu_domain_free", () -> domain.ops.deref().domainFree(domain));
  }

  /** {@code iommu_domain_set_attr} of drivers/iommu/iommu.c with {@code DOMAIN_ATTR_NESTING}. */
  public int iommuDomainSetNesting(IommuDomain domain) {
    return engine.call("iommu_domain_set_attr", () -> domain.ops.deref().domainSetNesting(domain));
  }

  /** {@code iommu_capable} of drivers/iommu/iommu.c with {@code IOMMU_CAP_CACHE_COHERENCY}. */
  public boolean iommuCapableCacheCoherency(BusType bus) {
    return engine.call("iommu_capable", () -> bus.coherent() ? 1 : 0) != 0;
  }

  /**
   * {@code iommu_get_group_resv_regions} of drivers/iommu/iommu.c: of the list that it makes, only
   * whether it has a software MSI window is of interest.
   */
  public boolean iommuGetGroupResvRegions(IommuGroup group) {
    return engine.call(
            "iommu_get_group_resv_regions",
            () -> {
              group.mutex.lock();
              int found = !group.devices().isEmpty() && group.swMsi ? 1 : 0;
              group.mutex.unlock();
              return found;
            })
        != 0;
  }

  /** {@code iommu_register_device_fault_handler} of drivers/iommu/iommu.c. */
  public int iommuRegisterDeviceFaultHandler(Device dev, IommuDevFaultHandler handler) {
    return engine.call(
        "iommu_register_device_fault_handler",
        () -> {
          IommuParam param = dev.iommuParam;
          int ret = -Errno.EBUSY;
          param.lock.lock();
          if (param.faultParam.get() != null) {
            param.lock.unlock();
            return ret;
          }
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name())) {
            ret = -Errno.ENOMEM;
          } else {
            IommuFaultParam faultParam = engine.create(() -> new IommuFaultParam(engine));
            faultParam.nameIt(dev.name());
            faultParam.handler.set(handler);
            param.faultParam.set(faultParam);
            ret = 0;
          }
          param.lock.unlock();
          return ret;
        });
  }

  /**
   * {@code iommu_unregister_device_fault_handler} of drivers/iommu/iommu.c: {@code -EBUSY}, and the
   * handler stays, while a page request has no answer. Looks at the list of those without its lock.
   */
  public int iommuUnregisterDeviceFaultHandler(Device dev) {
    return engine.call(
        "iommu_unregister_device_fault_handler",
        () -> {
          IommuParam param = dev.iommuParam;
          int ret = 0;
          param.lock.lock();
          IommuFaultParam faultParam = param.faultParam.get();
          if (faultParam != null && !faultParam.faults.isEmpty()) {
            ret = -Errno.EBUSY;
          } else if (faultParam != null) {
            faultParam.kfree();
            param.faultParam.set(null);
          }
          param.lock.unlock();
          return ret;
        });
  }

  /**
   * {@code iommu_report_device_fault} of drivers/iommu/iommu.c, of the last page request of a
   * group: it has no answer from before the handler runs, even if that fails.
   */
  public int iommuReportDeviceFault(Device dev, int pasid) {
    return engine.call(
        "iommu_report_device_fault",
        () -> {
          IommuParam param = dev.iommuParam;
          param.lock.lock();
          IommuFaultParam faultParam = param.faultParam.get();
          IommuDevFaultHandler handler = faultParam == null ? null : faultParam.handler.get();
          if (faultParam == null || handler == null) {
            param.lock.unlock();
            return -Errno.EINVAL;
          }
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, dev.name())) {
            param.lock.unlock();
            return -Errno.ENOMEM;
          }
          IommuFaultEvent pending = engine.create(() -> new IommuFaultEvent(engine));
          pending.nameIt(dev.name());
          pending.pasid.set(pasid);
          faultParam.lock.lock();
          faultParam.faults.addTail(pending.list);
          faultParam.lock.unlock();
          int ret = handler.fault(dev, pasid);
          param.lock.unlock();
          return ret;
        });
  }

  /**
   * {@code iommu_page_response} of drivers/iommu/iommu.c: answers a page request that was reported,
   * without the lock of the device's parameters. Of several that are alike the first is answered.
   */
  public int iommuPageResponse(Device dev, int pasid) {
    return engine.call(
        "iommu_page_response",
        () -> {
          IommuFaultParam faultParam = dev.iommuParam.faultParam.get();
          if (faultParam == null) {
            return -Errno.EINVAL;
          }
          int ret = -Errno.EINVAL;
          faultParam.lock.lock();
          for (IommuFaultEvent evt : faultParam.faults.entries()) {
            if (evt.pasid.get() == pasid) {
              evt.list.del();
              evt.kfree();
              ret = 0;
              break;
            }
          }
          faultParam.lock.unlock();
          return ret;
        });
  }
}
