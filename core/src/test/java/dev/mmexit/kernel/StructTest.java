package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.bug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mmexit.kernel.threads.RunResult;
import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Structs and their plain and marked fields. */
@Timeout(60)
class StructTest {
  private final ThreadEngine engine = new ThreadEngine();
  private final Thing a = new Thing(engine, "a");

  /** A struct without a name. */
  private static final class Nameless extends Struct {
    final Flag flag = flag("flag");

    Nameless(Engine engine) {
      super(engine, "nameless", "it");
    }
  }

  @Test
  void newStructIsZeroedButForFirstValues() {
    assertThat(a.isAlive()).isTrue();
    assertThat(a.number.get()).isZero();
    assertThat(a.seven.get()).isEqualTo(7);
    assertThat(a.flag.get()).isFalse();
    assertThat(a.other.get()).isNull();
    assertThat(a.refs.now()).isOne();
  }

  @Test
  void fieldsKeepWhatIsWritten() {
    a.number.set(-3);
    a.flag.set(true);
    a.other.set(a);

    assertThat(a.number.get()).isEqualTo(-3);
    assertThat(a.number.now()).isEqualTo(-3);
    assertThat(a.flag.get()).isTrue();
    assertThat(a.flag.now()).isTrue();
    assertThat(a.flag.lastWriter()).isSameAs(engine.current());
    assertThat(a.other.get()).isSameAs(a);
    assertThat(a.other.now()).isSameAs(a);
    assertThat(a.other.deref()).isSameAs(a);
  }

  @Test
  void markedAccessesSeeEachOtherAndPlainOnes() {
    a.other.writeOnce(a);

    assertThat(a.other.readOnce()).isSameAs(a);
    assertThat(a.other.get()).isSameAs(a);
    a.other.writeOnce(null);
    assertThat(a.other.readOnce()).isNull();
  }

  @Test
  void knowsItsNamesAndFields() {
    assertThat(a.describe()).isEqualTo("thing A");
    assertThat(a.type()).isEqualTo("thing");
    assertThat(a.size()).isEqualTo(a.cells().size());
    assertThat(a.cell(0)).isSameAs(a.number);
    assertThat(a.number.describe()).isEqualTo("a->number of A");
    assertThat(a.number.struct()).isSameAs(a);
    Nameless nameless = new Nameless(engine);
    assertThat(nameless.describe()).isEqualTo("nameless");
    assertThat(nameless.flag.describe()).isEqualTo("it->flag");
    assertThat(nameless.flag.held()).isEmpty();
  }

  @Test
  void everyFieldOfEveryStructHasAKeyOfItsOwn() {
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Thing thing = new Thing(engine, "t");
      assertThat(keys.add(thing.canonicalHash())).isTrue();
      thing.cells().forEach(cell -> assertThat(keys.add(cell.key())).isTrue());
    }
  }

  @Test
  void useAfterFreeNamesWhoAllocatedFreedAndUsed() {
    Thing[] bond = new Thing[1];
    engine.run("io_mm_attach", () -> bond[0] = new Thing(engine, "bond"));
    CountDownLatch freed = new CountDownLatch(1);

    RunResult result =
        engine.runAll(
            () -> {
              engine.run("io_mm_detach", () -> bond[0].kfree());
              freed.countDown();
            },
            () -> {
              Worlds.await(freed);
              engine.run("io_mm_release", () -> bond[0].flag.get());
            });

    KernelBug bug = bug(result);
    assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug.object()).isSameAs(bond[0]);
    assertThat(bug.sentence())
        .isEqualTo(
            "bond->flag of BOND is read in io_mm_release() by T1 after thing was freed;"
                + " freed in io_mm_detach() by T0; allocated in io_mm_attach() by init");
    assertThat(bond[0].isAlive()).isFalse();
  }

  @Test
  void everyKindOfAccessToAFreedStructIsReported() {
    a.kfree();

    assertThat(bug(() -> a.number.set(1)).sentence()).startsWith("a->number of A is written in");
    assertThat(bug(() -> a.other.readOnce()).sentence()).contains("is used by READ_ONCE in");
    assertThat(bug(() -> a.other.writeOnce(null)).sentence()).contains("is used by WRITE_ONCE in");
    assertThat(bug(() -> a.hardware.atomically("dma", () -> 0)).kind())
        .isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug(a.srcu::readLock).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug(a.sem::downRead).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
    assertThat(bug(a.queue::wakeUpAll).kind()).isEqualTo(FindingKind.USE_AFTER_FREE);
  }

  @Test
  void freeingTwiceIsReported() {
    engine.run("detach", a::kfree);

    KernelBug bug = bug(() -> engine.run("release", a::kfree));

    assertThat(bug.kind()).isEqualTo(FindingKind.DOUBLE_FREE);
    assertThat(bug.sentence())
        .isEqualTo(
            "thing A is freed again in release() by init; freed in detach() by init;"
                + " allocated in init");
  }

  @Test
  void ofTwoThatFreeAtOnceOneIsReported() {
    for (int i = 0; i < 100; i++) {
      ThreadEngine world = new ThreadEngine();
      Thing thing = new Thing(world, "thing");
      CountDownLatch both = new CountDownLatch(2);
      Runnable free =
          () -> {
            Worlds.meet(both);
            thing.kfree();
          };

      KernelBug bug = bug(world.runAll(free, free));

      assertThat(bug.kind()).isEqualTo(FindingKind.DOUBLE_FREE);
      assertThat(bug.sentence())
          .matches("thing THING is freed again in (T0; freed in T1|T1; freed in T0); .*");
    }
  }

  @Test
  void engineMayBringAStructBack() {
    a.kfree();

    a.setAlive(true);

    assertThat(a.number.get()).isZero();
    a.kfree();
    assertThat(a.isAlive()).isFalse();
  }

  @Test
  void followingNullIsReported() {
    KernelBug bug = bug(() -> engine.run("bind", a.other::deref));

    assertThat(bug.kind()).isEqualTo(FindingKind.NULL_DEREFERENCE);
    assertThat(bug.sentence()).isEqualTo("a->other of A is NULL and is followed in bind() by init");
  }

  @Test
  void hardwareActsAtOneMoment() {
    assertThat(a.hardware.atomically("dma", () -> a.seven.now() + 1)).isEqualTo(8);
  }

  @Test
  void operationsThatACellDoesNotHaveAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.number.apply(Op.MUTEX_LOCK, null, engine.current()))
        .withMessageContaining("a->number of A");
    assertThat(a.number.awaited(Op.READ_ONCE, null)).isEqualTo("a->number");
    assertThat(a.number.blockers(Op.READ_ONCE, null, engine.current())).isEmpty();
    assertThat(a.number.isEnabled(Op.READ_ONCE, null, engine.current())).isTrue();
  }
}
