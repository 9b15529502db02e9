package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.support.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls fail. */
class FaultInjectionTest {
  private final World world = new World();
  private final Engine engine = world.engine();
  private final FaultInjection faults = new FaultInjection(engine);

  private List<Boolean> calls(int count, FaultSite site, String... about) {
    List<Boolean> fail = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fail.add(engine.shouldFail(site, -Errno.ENOMEM, about));
    }
    return fail;
  }

  @Test
  void nothingFailsUntilItIsArmed() {
    faults.failNth(FaultSite.KZALLOC, 2, null);
    assertThat(calls(3, FaultSite.KZALLOC)).containsOnly(false);

    faults.arm();
    assertThat(calls(4, FaultSite.KZALLOC)).containsExactly(false, true, false, false);
  }

  @Test
  void callsOfOtherSitesDoNotCount() {
    faults.failNth(FaultSite.KZALLOC, 2, null);
    faults.arm();
    assertThat(calls(1, FaultSite.KZALLOC)).containsOnly(false);
    assertThat(calls(2, FaultSite.MM_ALLOC)).containsOnly(false);
    assertThat(calls(1, FaultSite.KZALLOC)).containsOnly(true);
  }

  @Test
  void callsAboutOtherObjectsDoNotCount() {
    faults.failNth(FaultSite.MM_ATTACH, 2, "D1");
    faults.arm();
    assertThat(calls(3, FaultSite.MM_ATTACH, "D0", "P0")).containsOnly(false);
    assertThat(calls(3, FaultSite.MM_ATTACH, "D1", "P0")).containsExactly(false, true, false);
    assertThat(calls(1, FaultSite.MM_ATTACH)).containsOnly(false);
  }

  @Test
  void everyDeclarationCountsForItself() {
    faults.failNth(FaultSite.KZALLOC, 1, null);
    faults.failNth(FaultSite.KZALLOC, 3, null);
    faults.arm();
    assertThat(calls(4, FaultSite.KZALLOC)).containsExactly(true, false, true, false);
  }

  @Test
  void anEngineThatDoesNotExploreLetsEveryCallSucceed() {
    faults.failAny(1);
    faults.arm();
    assertThat(calls(3, FaultSite.KZALLOC)).containsOnly(false);
  }

  @Test
  void aFailureIsTold() {
    faults.failNth(FaultSite.COPY_TO_USER, 1, null);
    faults.arm();
    List<String> told = new ArrayList<>();
    engine.record(event -> told.add(event.text()));
    engine.shouldFail(FaultSite.COPY_TO_USER, -Errno.EFAULT);
    engine.record(EventSink.NONE);
    assertThat(told).containsExactly("copy_to_user fails: -EFAULT");
  }
}
