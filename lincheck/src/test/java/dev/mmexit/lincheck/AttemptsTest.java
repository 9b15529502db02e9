package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A use that a context does not come to make is contended for like any other. It was not once, and
 * each of these scenarios was taken to be exhausted without what it shows here.
 */
class AttemptsTest {
  private static final Variant V2 = Variants.find("v2").orElseThrow();
  private static final int ENOUGH = 700;

  /** The callback comes to the container's lock in deadlocks only, unless it may go first. */
  @Test
  void lockThatIsWaitedForInVain() {
    Verdict verdict = run("clone-exit-detach-vs-exit");

    assertThat(verdict.findings())
        .containsOnlyKeys(FindingKind.DEADLOCK, FindingKind.DANGLING_TRANSLATION);
  }

  /** The callback comes to a container after its end only, unless it may go before the end. */
  @Test
  void objectThatIsUsedAfterItWasFreed() {
    Verdict verdict = run("exit-vs-detach-close-nodd");

    assertThat(verdict.complete()).isTrue();
    assertThat(verdict.findings())
        .containsOnlyKeys(
            FindingKind.USE_AFTER_FREE, FindingKind.DATA_RACE, FindingKind.LEAKED_SVA_PARAM);
  }

  private static Verdict run(String name) {
    return LincheckRun.of(V2, Catalogue.find(Path.of("../scenarios"), name), ENOUGH);
  }
}
