package dev.mmexit.iommu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** drivers/iommu/io-pgfault.c: devices on a fault queue, and flushing it. */
class IoPgfaultTest {
  private final World world = new World(true);
  private final IoPgfault ioPgfault = world.kernel().ioPgfault();
  private final Device d0 = world.group("G0", "D0").devices().get(0);
  private final IopfQueue queue = new IopfQueue(world.engine(), () -> {});

  @BeforeEach
  void watch() {
    world.watch("iopf_param");
  }

  @Test
  void addsADeviceOnce() {
    assertThat(world.record(() -> ioPgfault.iopfQueueAddDevice(queue, d0)))
        .returned(0)
        .follows(
            """
            iopf_queue_add_device
              kzalloc iopf_device_param
              mutex_lock param->lock
              param->iopf_param = iopf_device_param D0
              mutex_unlock param->lock
            """);
    assertThat(world.record(() -> ioPgfault.iopfQueueAddDevice(queue, d0)))
        .follows(
            """
            iopf_queue_add_device: -EINVAL
              kzalloc iopf_device_param
              mutex_lock param->lock
              mutex_unlock param->lock
              kfree iopf_device_param D0
            """);
  }

  @Test
  void removesADevice() {
    ioPgfault.iopfQueueAddDevice(queue, d0);

    assertThat(world.record(() -> ioPgfault.iopfQueueRemoveDevice(d0)))
        .returned(0)
        .follows(
            """
            iopf_queue_remove_device
              mutex_lock param->lock
              param->iopf_param = null
              mutex_unlock param->lock
              kfree iopf_device_param D0
            """);
  }

  @Test
  void flushesTheQueueWithoutTheLock() {
    ioPgfault.iopfQueueAddDevice(queue, d0);

    assertThat(world.record(() -> ioPgfault.iopfQueueFlushDev(d0)))
        .returned(0)
        .follows(
            """
            iopf_queue_flush_dev
              mutex_lock param->lock
              mutex_unlock param->lock
              flush_workqueue queue->wq
            """);
  }

  @Test
  void waitsForWorkThatIsQueuedAndForNoOther() {
    ioPgfault.iopfQueueAddDevice(queue, d0);
    queue.wq.queueWork("first", () -> {});
    World.Waiter flusher = world.waiter("T1", null, () -> ioPgfault.iopfQueueFlushDev(d0));
    world.drain();
    queue.wq.queueWork("second", () -> {});

    assertThat(world.record(flusher::finish))
        .follows(
            """
            [T1]
              flush_workqueue queue->wq
            """);
  }

  @Test
  void flushesNothingForADeviceOnNoQueue() {
    assertThat(world.record(() -> ioPgfault.iopfQueueFlushDev(d0)))
        .follows(
            """
            iopf_queue_flush_dev: -ENODEV
              mutex_lock param->lock
              mutex_unlock param->lock
            """);
  }
}
