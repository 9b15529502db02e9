package dev.mmexit.vfio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.iommu.IommuGroup;
import dev.mmexit.support.FailingSmmu;
import dev.mmexit.support.Trace;
import dev.mmexit.support.World;
import org.junit.jupiter.api.Test;

/** {@code vfio_iommu_try_attach_group}: 0, 1 and -EINVAL, and where each leaves the group. */
class TryAttachGroupTest {
  private final World world = new World();
  private final VfioIommu c0 = world.container("C0");
  private final VfioIommu c1 = world.container("C1");

  /** Moves {@code group}, alone in C1, to the only domain of C0. */
  private Trace tryAttach(IommuGroup group) {
    VfioDomain existing = c0.domainList.now().get(0);
    VfioDomain own = c1.domainList.now().get(0);
    VfioGroup record = world.record(c1, group);
    return world.record(() -> world.type1().vfioIommuTryAttachGroup(c0, record, own, existing));
  }

  @Test
  void moves() {
    IommuGroup g0 = world.group("G0", "D0");
    IommuGroup g1 = world.group("G1", "D1");
    world.attach(c0, g0);
    world.attach(c1, g1);
    world.bind(c0, world.process("P0", 100));

    assertThat(tryAttach(g1))
        .returned(0)
        .follows(
            """
            vfio_iommu_try_attach_group
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
              iommu_attach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
              vfio_iommu_replay_bind
                mmget_not_zero
                  inc_not_zero mm->mm_users
                vfio_iommu_bind_group ...
                mmput_async
                  dec mm->mm_users
            """);
    assertThat(g1.domain.now()).isEqualTo(g0.domain.now());
  }

  @Test
  void triesNothingWithOtherProtection() {
    IommuGroup g1 = world.group("G1", World.NOT_COHERENT, "D1");
    world.attach(c0, world.group("G0", "D0"));
    world.attach(c1, g1);

    assertThat(tryAttach(g1)).returned(1).follows("vfio_iommu_try_attach_group");
    assertThat(g1.domain.now()).isEqualTo(c1.domainList.now().get(0).domain.now());
  }

  @Test
  void triesNothingWithAnotherDriver() {
    IommuGroup g1 = world.group("G1", World.GENERIC, "D1");
    world.attach(c0, world.group("G0", "D0"));
    world.attach(c1, g1);

    assertThat(tryAttach(g1)).returned(1).follows("vfio_iommu_try_attach_group");
  }

  @Test
  void goesBackWhenItCannotAttach() {
    FailingSmmu smmu = world.failingSmmu();
    IommuGroup g1 = world.group("G1", smmu, "D1");
    world.attach(c0, world.group("G0", smmu, "D0"));
    world.attach(c1, g1);
    smmu.failing(false, true);

    assertThat(tryAttach(g1))
        .returned(1)
        .follows(
            """
            vfio_iommu_try_attach_group
              iommu_detach_group ...
              iommu_attach_group: -ENXIO
                mutex_lock group->mutex
                failing_attach_dev: -ENXIO
                mutex_unlock group->mutex
              iommu_attach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
            """);
    assertThat(g1.domain.now()).isEqualTo(c1.domainList.now().get(0).domain.now());
  }

  @Test
  void goesBackWhenItCannotBind() {
    IommuGroup g1 = world.group("G1", World.NO_SVA, "D1");
    world.attach(c0, world.group("G0", "D0"));
    world.attach(c1, g1);
    world.bind(c0, world.process("P0", 100));

    assertThat(tryAttach(g1))
        .returned(1)
        .follows(
            """
            vfio_iommu_try_attach_group
              iommu_detach_group ...
              iommu_attach_group ...
              vfio_iommu_replay_bind: -ENODEV
                mmget_not_zero
                  inc_not_zero mm->mm_users
                vfio_iommu_bind_group: -ENODEV ...
                mmput_async
                  dec mm->mm_users
              iommu_detach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
              iommu_attach_group
                mutex_lock group->mutex
                arm_smmu_attach_dev ...
                mutex_unlock group->mutex
            """);
    assertThat(g1.domain.now()).isEqualTo(c1.domainList.now().get(0).domain.now());
  }

  @Test
  void losesAGroupThatItCannotPutBack() {
    FailingSmmu smmu = world.failingSmmu();
    IommuGroup g1 = world.group("G1", smmu, "D1");
    world.attach(c0, world.group("G0", smmu, "D0"));
    world.attach(c1, g1);
    smmu.failing(false, true, true);

    assertThat(tryAttach(g1))
        .follows(
            """
            vfio_iommu_try_attach_group: -EINVAL
              iommu_detach_group ...
              iommu_attach_group: -ENXIO ...
              iommu_attach_group: -ENXIO ...
            """);
    assertThat(g1.domain.now()).isEqualTo(g1.defaultDomain.now());
  }
}
