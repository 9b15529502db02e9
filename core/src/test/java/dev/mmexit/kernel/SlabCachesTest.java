package dev.mmexit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.support.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory that is handed out again. */
class SlabCachesTest {
  private final Engine engine = new World().engine();

  private static final class Node extends Struct {
    final Int value = integer("value");
    final Ref<Node> other = ref("other");
    final Mutex lock = mutex("lock");
    final ListHead<Node> next = listNode("next", this);
    final ListHead<Node> list = listHead("list");

    Node(Engine engine) {
      super(engine, "node", "node");
    }
  }

  private static final class Leaf extends Struct {
    Leaf(Engine engine) {
      super(engine, "leaf", "leaf");
    }
  }

  @BeforeEach
  void reuseMemory() {
    new SlabCaches(engine, List.of(Node.class, Leaf.class));
  }

  @Test
  void theLastFreedComesBackFirst() {
    Node a = new Node(engine);
    Node b = new Node(engine);
    assertThat(Struct.same(a, b)).isFalse();
    a.kfree();
    b.kfree();

    assertThat(Struct.same(new Node(engine), b)).isTrue();
    assertThat(Struct.same(new Node(engine), a)).isTrue();
    Node fresh = new Node(engine);
    assertThat(Struct.same(fresh, a) || Struct.same(fresh, b)).isFalse();
  }

  @Test
  void eachTypeHasItsOwnMemory() {
    Node a = new Node(engine);
    a.kfree();
    assertThat(new Leaf(engine).canonicalHash()).isNotEqualTo(a.canonicalHash());
  }

  @Test
  void whatComesBackIsZeroed() {
    Node a = new Node(engine);
    a.value.set(7);
    a.other.set(a);
    a.list.add(new Node(engine).next);
    a.kfree();
    Node b = new Node(engine);
    assertThat(b.value.get()).isZero();
    assertThat(b.other.get()).isNull();
    assertThat(b.list.isEmpty()).isTrue();
  }

  @Test
  void anOldPointerMeansTheNewObject() {
    Node a = new Node(engine);
    Node holder = new Node(engine);
    holder.other.set(a);
    a.kfree();
    Node b = new Node(engine);
    b.value.set(3);

    assertThat(a.value.get()).isEqualTo(3);
    a.value.set(4);
    assertThat(b.value.get()).isEqualTo(4);
    assertThat(holder.other.get()).isSameAs(b);
    assertThat(holder.other.pointsTo(b)).isTrue();
    assertThat(holder.other.pointsTo(a)).isTrue();
  }

  @Test
  void anOldLockIsThatOfTheNewObject() {
    Node a = new Node(engine);
    a.kfree();
    Node b = new Node(engine);
    b.lock.lock();
    assertThat(a.lock.resolved()).isSameAs(b.lock);
    a.lock.unlock();
    b.lock.lock();
    assertThat(engine.current().locks()).containsExactly(b.lock);
  }

  @Test
  void aListThatStillHasTheOldNodeHasTheNewOne() {
    Node head = new Node(engine);
    Node a = new Node(engine);
    head.list.add(a.next);
    a.kfree();
    Node b = new Node(engine);

    assertThat(head.list.first()).isSameAs(b);
    // Its pointers are NULL, so that a walk goes no further.
    assertThatThrownBy(() -> a.next.nextEntry(head.list))
        .isInstanceOfSatisfying(
            KernelBug.class, bug -> assertThat(bug.kind()).isEqualTo(FindingKind.NULL_DEREFERENCE));
  }

  @Test
  void freeingAnOldPointerFreesTheNewObject() {
    Node a = new Node(engine);
    a.kfree();
    Node b = new Node(engine);
    a.kfree();
    assertThat(b.isAlive()).isFalse();
    assertThatThrownBy(() -> b.kfree())
        .isInstanceOfSatisfying(
            KernelBug.class, bug -> assertThat(bug.kind()).isEqualTo(FindingKind.DOUBLE_FREE));
  }

  @Test
  void useIsReportedAsLongAsTheMemoryIsNotUsedAgain() {
    Node a = new Node(engine);
    a.kfree();
    assertThatThrownBy(() -> a.value.get())
        .isInstanceOfSatisfying(
            KernelBug.class, bug -> assertThat(bug.kind()).isEqualTo(FindingKind.USE_AFTER_FREE));
    Node b = new Node(engine);
    b.kfree();
    assertThatThrownBy(() -> a.value.get()).isInstanceOf(KernelBug.class);
  }
}
