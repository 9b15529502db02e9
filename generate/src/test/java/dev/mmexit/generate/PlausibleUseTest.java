package dev.mmexit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.generate.Size.Driver;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibleUseTest {
  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    // Everything has to do with everything.
    "attach 0 0; bind 0 0 > detach 0 0 | exit 0, yes",
    "attach 0 0; bind 0 0 > detach 0 0 | exit 1, no",
    "attach 0 0; bind 0 0 > detach 0 0 | attach 1 1, no",
    // A process exits once, and then does nothing.
    "attach 0 0; bind 0 0 > exit 0 | exit 0, no",
    "attach 0 0; bind 0 0 > exit 0; munmap 0 | unbind 0 0, no",
    "attach 0 0; bind 0 0 > exit 0 | munmap 0, yes",
    "attach 0 0; bind 0 0 > exit 0; unbind 0 0 | munmap 0, yes",
    "attach 0 0; bind 0 0 > unbind 0 1; fork 0 1 | bind 0 1, no",
    "attach 0 0; bind 0 0 > fork 0 1; unbind 0 1 | bind 0 1, yes",
    "attach 0 0 > fork 0 1; bind 0 0 | fork 1 0; bind 0 1, no",
    // A group is in one container at a time.
    "attach 0 0 > attach 0 0 | attach 0 1, no",
    "attach 0 0 > detach 0 0; attach 0 0 | attach 0 1, yes",
    "attach 0 0 > detach 0 0; attach 1 0 | attach 0 1, yes",
    "attach 0 0 > detach 0 0 | attach 1 0, no",
    "attach 0 0 > detach 0 0 | detach 0 0, no",
    "attach 0 0 > detach 0 1 | attach 0 1, no",
    "attach 0 0; attach 1 1 > detach 0 1 | attach 0 2, no",
    // Containers are of one sort.
    "set-container 0 0; bind 0 0 > unset-container 0 | exit 0, yes",
    "set-container 0 0; bind 0 0 > detach 0 0 | exit 0, no",
    "attach 0 0; bind 0 0 > unset-container 0 | exit 0, no",
    "set-container 0 0 > set-container 0 0 | bind 0 0, no",
    "set-container 0 0 > set-container 0 0 | unset-container 0, yes",
    "> set-container 0 0 | set-container 0 0, yes",
    "> set-container 0 0 | set-container 1 0, yes",
    // A container is closed once, when it has no group and nobody calls.
    "attach 0 0; bind 0 0 > close 0 | exit 0, no",
    "attach 0 0; bind 0 0 > detach 0 0; close 0 | exit 0, yes",
    "attach 0 0; bind 0 0 > detach 0 0; close 0 | unbind 0 0, no",
    "attach 0 0; bind 0 0 > detach 0 0; close 0; unbind 0 0 | exit 0, no",
    "attach 0 0; bind 0 0 > close 0; detach 0 0 | exit 0, no",
    "set-container 0 0; bind 0 0 > close 0 | unbind 0 0, yes",
    "set-container 0 0; bind 0 0 > close 0 | close 0, no",
    // What would have no effect.
    "attach 0 0 > unbind 0 0 | detach 0 0, no",
    "attach 0 0 > unbind 0 0 | bind 0 0, yes",
    "attach 0 0 > dma 0 0 | detach 0 0, no",
    "attach 0 0 > dma 0 0 | bind 0 0, yes",
    "> bind 0 0 | bind 0 0, no",
    "> bind 0 0 | attach 0 0, yes",
    "attach 0 0 > unmap 0 0 | detach 0 0, no",
    "attach 0 0 > unmap 0 0 | map 0 0, yes",
    // Who holds a container open.
    "set-container 0 0; open 0 0 > bind-by 0 0 0 | exit 0, yes",
    "set-container 0 0; open 0 0 > bind-by 0 0 1 | exit 0, no",
    "set-container 0 0; open 0 0 > bind-by 0 0 1 | fork 0 1, yes",
    "set-container 0 0; open 0 0 > close 0 | exit 0, no",
    "attach 0 0; open 0 0 > bind 0 0 | exit 0, no",
  })
  void what(String text, String verdict) {
    String[] parts = text.split(">", -1);
    boolean plausible = PlausibleUse.allows(Ops.list(parts[0]), Ops.threads(parts[1]));
    assertThat(plausible).isEqualTo(verdict.toUpperCase(Locale.ROOT).equals("YES"));
  }

  @Test
  void aPageIsPinnedForAMediatedDevice() {
    List<Op> setup = Ops.list("attach 0 0");
    List<List<Op>> threads = Ops.threads("map 0 0 | pin 0 0");
    assertThat(PlausibleUse.allows(setup, threads)).isTrue();
    assertThat(PlausibleUse.allows(new Draft(setup, threads, groups(Driver.MDEV)))).isTrue();
    assertThat(PlausibleUse.allows(new Draft(setup, threads, groups(Driver.SMMU)))).isFalse();
  }

  @Test
  void aMediatedDeviceHasNoAccessOfItsOwn() {
    List<Op> setup = Ops.list("attach 0 0; bind 0 0");
    List<List<Op>> threads = Ops.threads("dma 0 0 | exit 0");
    assertThat(PlausibleUse.allows(new Draft(setup, threads, groups(Driver.SMMU)))).isTrue();
    assertThat(PlausibleUse.allows(new Draft(setup, threads, groups(Driver.MDEV)))).isFalse();
  }

  private static List<GroupKind> groups(Driver driver) {
    return List.of(new GroupKind(1, true, driver));
  }

  /** A prefix of what is plausible is never given up. */
  @Test
  void whatMayBecomePlausibleIsKept() {
    List<Op> setup = Ops.list("attach 0 0; bind 0 0");
    assertThat(PlausibleUse.mayBecome(setup, Ops.threads("close 0"))).isTrue();
    assertThat(PlausibleUse.mayBecome(setup, Ops.threads("unbind 0 1"))).isTrue();
    assertThat(PlausibleUse.mayBecome(setup, Ops.threads("exit 0 | exit 0"))).isFalse();
  }
}
