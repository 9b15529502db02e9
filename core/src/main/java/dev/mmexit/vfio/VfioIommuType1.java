package dev.mmexit.vfio;

import dev.mmexit.iommu.BusType;
import dev.mmexit.iommu.DmaIommu;
import dev.mmexit.iommu.Iommu;
import dev.mmexit.iommu.IommuConst;
import dev.mmexit.iommu.IommuDomain;
import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.iommu.sva.IommuSva;
import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.ErrPtr;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.PartOf;
import dev.mmexit.mm.MmSubsystem;
import org.jspecify.annotations.Nullable;

/**
 * drivers/vfio/vfio_iommu_type1.c: containers and the groups in them. The rest of it is in the
 * classes above.
 */
@SuppressWarnings("LabelledBreakTarget") // labels stand for those of C
public class VfioIommuType1 extends VfioIommuIoctl {
  /** The functions, over those that they call. */
  public VfioIommuType1(
      Engine engine, MmSubsystem mmSubsystem, Iommu iommuCore, DmaIommu dmaIommu, IommuSva sva) {
    super(engine, mmSubsystem, iommuCore, dmaIommu, sva);
  }

  /** {@code vfio_iommu_type1_open} of drivers/vfio/vfio_iommu_type1.c. */
  public ErrPtr<VfioIommu> vfioIommuType1Open(int arg) {
    return engine.get(
        "vfio_iommu_type1_open",
        () -> {
          if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM)) {
            return ErrPtr.error(-Errno.ENOMEM);
          }
          VfioIommu iommu = kzallocVfioIommu();
          switch (arg) {
            case VFIO_TYPE1_IOMMU -> {
              return ErrPtr.of(iommu);
            }
            case VFIO_TYPE1_NESTING_IOMMU -> {
              iommu.nesting.set(true);
              iommu.v2.set(true);
              return ErrPtr.of(iommu);
            }
            case VFIO_TYPE1V2_IOMMU -> {
              iommu.v2.set(true);
              return ErrPtr.of(iommu);
            }
            default -> {
              iommu.kfree();
              return ErrPtr.error(-Errno.EINVAL);
            }
          }
        });
  }

  /** A container with nothing in it. */
  @PartOf("vfio_iommu_type1_open")
  protected VfioIommu kzallocVfioIommu() {
    return engine.create(() -> new VfioIommu(engine));
  }

  /** {@code vfio_iommu_type1_release} of drivers/vfio/vfio_iommu_type1.c: takes no lock. */
  public void vfioIommuType1Release(VfioIommu iommu) {
    engine.run(
        "vfio_iommu_type1_release",
        () -> {
          releaseAll(iommu);
          iommu.kfree();
        });
  }

  /** Ends all that the container has. */
  @PartOf("vfio_iommu_type1_release")
  protected void releaseAll(VfioIommu iommu) {
    VfioDomain externalDomain = iommu.externalDomain.get();
    if (externalDomain != null) {
      vfioReleaseDomain(externalDomain, true);
      vfioSanityCheckPfnList(iommu);
      externalDomain.kfree();
    }
    vfioIommuFreeAllMm(iommu);
    vfioIommuUnmapUnpinAll(iommu);
    for (VfioDomain domain : iommu.domainList.entriesSafe()) {
      vfioReleaseDomain(domain, false);
      domain.next.del();
      domain.kfree();
    }
  }

  /** {@code vfio_release_domain} of drivers/vfio/vfio_iommu_type1.c: no SVA shutdown. */
  public void vfioReleaseDomain(VfioDomain domain, boolean external) {
    engine.run(
        "vfio_release_domain",
        () -> {
          for (VfioGroup group : domain.groupList.entriesSafe()) {
            if (!external) {
              releaseGroup(domain, group);
            }
            group.next.del();
            group.kfree();
          }
          if (!external) {
            iommuCore.iommuDomainFree(domain.domain.deref());
          }
        });
  }

  /** Has {@code group} leave its IOMMU domain. */
  @PartOf("vfio_release_domain")
  protected void releaseGroup(VfioDomain domain, VfioGroup group) {
    iommuCore.iommuDetachGroup(domain.domain.deref(), group.iommuGroup.deref());
  }

  /** {@code find_iommu_group} of drivers/vfio/vfio_iommu_type1.c. */
  public @Nullable VfioGroup findIommuGroup(VfioDomain domain, IommuGroup iommuGroup) {
    return engine.get(
        "find_iommu_group",
        () -> {
          for (VfioGroup group : domain.groupList.entries()) {
            if (group.iommuGroup.pointsTo(iommuGroup)) {
              return group;
            }
          }
          return null;
        });
  }

  /** {@code vfio_iommu_has_sw_msi} of drivers/vfio/vfio_iommu_type1.c. */
  public boolean vfioIommuHasSwMsi(IommuGroup group) {
    return engine.call(
            "vfio_iommu_has_sw_msi", () -> iommuCore.iommuGetGroupResvRegions(group) ? 1 : 0)
        != 0;
  }

  /**
   * {@code vfio_iommu_try_attach_group} of drivers/vfio/vfio_iommu_type1.c: moves the group from
   * its own domain to one that the container has.
   *
   * @return 0 if it is there, 1 if it is still in its own domain, an errno if it is in neither
   */
  public int vfioIommuTryAttachGroup(
      VfioIommu iommu, VfioGroup group, VfioDomain curDomain, VfioDomain newDomain) {
    return engine.call(
        "vfio_iommu_try_attach_group",
        () -> {
          IommuGroup iommuGroup = group.iommuGroup.deref();
          IommuDomain current = curDomain.domain.deref();
          IommuDomain existing = newDomain.domain.deref();
          if (existing.ops.get() != current.ops.get()
              || newDomain.prot.get() != curDomain.prot.get()) {
            return 1;
          }
          iommuCore.iommuDetachGroup(current, iommuGroup);
          outReattach:
          {
            if (iommuCore.iommuAttachGroup(existing, iommuGroup) != 0) {
              break outReattach;
            }
            if (vfioIommuReplayBind(iommu, group) == 0) {
              return 0;
            }
            iommuCore.iommuDetachGroup(existing, iommuGroup);
          }
          return iommuCore.iommuAttachGroup(current, iommuGroup) != 0 ? -Errno.EINVAL : 1;
        });
  }

  /**
   * {@code vfio_iommu_type1_attach_group} of drivers/vfio/vfio_iommu_type1.c. No error path shuts
   * SVA down. MSIs are always remapped, so {@code -EPERM} is left out.
   */
  public int vfioIommuType1AttachGroup(VfioIommu iommu, IommuGroup iommuGroup) {
    return engine.call(
        "vfio_iommu_type1_attach_group",
        () -> {
          iommu.lock.lock();
          for (VfioDomain d : iommu.domainList.entries()) {
            if (findIommuGroup(d, iommuGroup) != null) {
              iommu.lock.unlock();
              return -Errno.EINVAL;
            }
          }
          VfioDomain externalDomain = iommu.externalDomain.get();
          if (externalDomain != null && findIommuGroup(externalDomain, iommuGroup) != null) {
            iommu.lock.unlock();
            return -Errno.EINVAL;
          }
          VfioGroup group = kzallocGroup(iommu, iommuGroup);
          VfioDomain domain = kzallocDomain(iommu, iommuGroup);
          if (group == null || domain == null) {
            return outOfMemory(iommu, group, domain);
          }
          group.iommuGroup.set(iommuGroup);
          int ret;
          outFree:
          {
            BusPointer pointer = engine.create(() -> new BusPointer(engine));
            ret = iommuCore.iommuGroupForEachDev(iommuGroup, dev -> vfioBusType(dev, pointer));
            BusType bus = pointer.bus.get();
            pointer.kfree();
            if (ret != 0) {
              break outFree;
            }
            if (bus != null && bus.iommuOps() == null) {
              if (externalDomain == null) {
                externalDomain = domain;
                iommu.externalDomain.set(domain);
              } else {
                domain.kfree();
              }
              externalDomain.groupList.add(group.next);
              iommu.lock.unlock();
              return 0;
            }
            IommuDomain iommuDomain = iommuCore.iommuDomainAlloc(bus);
            if (bus == null || iommuDomain == null) {
              ret = -Errno.EIO;
              break outFree;
            }
            domain.domain.set(iommuDomain);
            outDomain:
            {
              if (iommu.nesting.get()) {
                ret = iommuCore.iommuDomainSetNesting(iommuDomain);
                if (ret != 0) {
                  break outDomain;
                }
              }
              ret = iommuCore.iommuAttachGroup(iommuDomain, iommuGroup);
              if (ret != 0) {
                break outDomain;
              }
              outDetach:
              {
                final boolean resvMsi = vfioIommuHasSwMsi(iommuGroup);
                domain.groupList.add(group.next);
                if (iommuCore.iommuCapableCacheCoherency(bus)) {
                  domain.prot.set(domain.prot.get() | IommuConst.IOMMU_CACHE);
                }
                for (VfioDomain d : iommu.domainList.entries()) {
                  ret = vfioIommuTryAttachGroup(iommu, group, domain, d);
                  if (ret < 0) {
                    break outDomain;
                  }
                  if (ret == 0) {
                    // Onto the list of d, without leaving that of domain, which is freed.
                    d.groupList.add(group.next);
                    iommuCore.iommuDomainFree(iommuDomain);
                    domain.kfree();
                    iommu.lock.unlock();
                    return 0;
                  }
                }
                ret = vfioIommuReplay(iommu);
                if (ret != 0) {
                  break outDetach;
                }
                ret = vfioIommuReplayBind(iommu, group);
                if (ret != 0) {
                  break outDetach;
                }
                if (resvMsi) {
                  ret = dmaIommu.iommuGetMsiCookie(iommuDomain);
                  if (ret != 0) {
                    break outDetach;
                  }
                }
                iommu.domainList.add(domain.next);
                iommu.lock.unlock();
                return 0;
              }
              outDetach(iommuDomain, group, iommuGroup);
            }
            iommuCore.iommuDomainFree(iommuDomain);
          }
          domain.kfree();
          group.kfree();
          iommu.lock.unlock();
          return ret;
        });
  }

  private @Nullable VfioGroup kzallocGroup(VfioIommu iommu, IommuGroup iommuGroup) {
    if (engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, iommu.name(), iommuGroup.name())) {
      return null;
    }
    VfioGroup group = engine.create(() -> new VfioGroup(engine));
    group.nameIt(iommuGroup.name());
    return group;
  }

  private @Nullable VfioDomain kzallocDomain(VfioIommu iommu, IommuGroup iommuGroup) {
    return engine.shouldFail(FaultSite.KZALLOC, -Errno.ENOMEM, iommu.name(), iommuGroup.name())
        ? null
        : engine.create(() -> new VfioDomain(engine));
  }

  /** {@code out_detach} of {@code vfio_iommu_type1_attach_group}. */
  @PartOf("vfio_iommu_type1_attach_group")
  protected void outDetach(IommuDomain domain, VfioGroup group, IommuGroup iommuGroup) {
    iommuCore.iommuDetachGroup(domain, iommuGroup);
  }

  /** {@code out_free} of {@code vfio_iommu_type1_attach_group}, of what there is. */
  private static int outOfMemory(
      VfioIommu iommu, @Nullable VfioGroup group, @Nullable VfioDomain domain) {
    if (domain != null) {
      domain.kfree();
    }
    if (group != null) {
      group.kfree();
    }
    iommu.lock.unlock();
    return -Errno.ENOMEM;
  }

  /**
   * {@code vfio_iommu_type1_detach_group} of drivers/vfio/vfio_iommu_type1.c: leaves the domain
   * first, then shuts SVA down. A group that is not in the container is ignored.
   */
  public void vfioIommuType1DetachGroup(VfioIommu iommu, IommuGroup iommuGroup) {
    engine.run(
        "vfio_iommu_type1_detach_group",
        () -> {
          iommu.lock.lock();
          VfioDomain externalDomain = iommu.externalDomain.get();
          if (externalDomain != null && detachExternal(iommu, externalDomain, iommuGroup)) {
            iommu.lock.unlock();
            return;
          }
          for (VfioDomain domain : iommu.domainList.entries()) {
            VfioGroup group = findIommuGroup(domain, iommuGroup);
            if (group == null) {
              continue;
            }
            leaveDomain(iommu, domain, group, iommuGroup);
            group.next.del();
            group.kfree();
            if (domain.groupList.isEmpty()) {
              if (iommu.domainList.isSingular()) {
                if (iommu.externalDomain.get() == null) {
                  vfioIommuUnmapUnpinAll(iommu);
                } else {
                  vfioIommuUnmapUnpinReaccount(iommu);
                }
                vfioIommuFreeAllMm(iommu);
              }
              iommuCore.iommuDomainFree(domain.domain.deref());
              domain.next.del();
              domain.kfree();
            }
            break;
          }
          iommu.lock.unlock();
        });
  }

  /** Has {@code group} leave its IOMMU domain and shuts its SVA down. */
  @PartOf("vfio_iommu_type1_detach_group")
  protected void leaveDomain(
      VfioIommu iommu, VfioDomain domain, VfioGroup group, IommuGroup iommuGroup) {
    iommuCore.iommuDetachGroup(domain.domain.deref(), iommuGroup);
    disableSva(group, iommuGroup);
  }

  /** What {@code vfio_iommu_type1_detach_group} does first: whether it was a mediated group. */
  private boolean detachExternal(
      VfioIommu iommu, VfioDomain externalDomain, IommuGroup iommuGroup) {
    VfioGroup group = findIommuGroup(externalDomain, iommuGroup);
    if (group == null) {
      return false;
    }
    group.next.del();
    group.kfree();
    if (externalDomain.groupList.isEmpty()) {
      vfioSanityCheckPfnList(iommu);
      if (iommu.domainList.isEmpty()) {
        vfioIommuUnmapUnpinAll(iommu);
      }
      externalDomain.kfree();
      iommu.externalDomain.set(null);
    }
    return true;
  }
}
