package dev.mmexit.explorer.coroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What both kinds of coroutines do. */
class CoroutinesTest {
  @Nested
  class OnContinuations extends Kind {
    @Override
    Coroutines make() {
      assumeTrue(Continuations.available(), "continuations are there from JDK 21 on");
      return new Continuations();
    }
  }

  @Nested
  class OnThreads extends Kind {
    @Override
    Coroutines make() {
      return new HandOverThreads();
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
      List<Thread> carriers = Collections.synchronizedList(new ArrayList<>());
      Coroutines coroutines = make();
      for (int i = 0; i < 3; i++) {
        Coroutine[] self = new Coroutine[1];
        boolean suspends = i > 0;
        self[0] =
            coroutines.create(
                () -> {
                  carriers.add(Thread.currentThread());
                  if (suspends) {
                    self[0].suspend();
                  }
                });
        self[0].resume();
      }
      coroutines.close();
      for (Thread carrier : carriers) {
        carrier.join();
      }
    }

    @Test
    void aThreadIsUsedAgain() {
      try (Coroutines coroutines = make()) {
        List<Thread> carriers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          coroutines.create(() -> carriers.add(Thread.currentThread())).resume();
        }
        assertThat(carriers).hasSize(5).containsOnly(carriers.get(0));
      }
    }
  }

  abstract static class Kind {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    abstract Coroutines make();

    private Coroutine counting(Coroutines coroutines, String name, int parts) {
      Coroutine[] self = new Coroutine[1];
      self[0] =
          coroutines.create(
              () -> {
                for (int i = 0; i < parts; i++) {
                  if (i > 0) {
                    self[0].suspend();
                  }
                  log.add(name + i);
                }
              });
      return self[0];
    }

    @Test
    void goOnWhereTheyStopped() {
      try (Coroutines coroutines = make()) {
        Coroutine a = counting(coroutines, "a", 3);
        Coroutine b = counting(coroutines, "b", 2);
        log.add("made");
        a.resume();
        b.resume();
        log.add("between");
        b.resume();
        a.resume();
        a.resume();
        assertThat(log).containsExactly("made", "a0", "b0", "between", "b1", "a1", "a2");
      }
    }

    @Test
    void suspendFromWithinACall() {
      try (Coroutines coroutines = make()) {
        Coroutine[] self = new Coroutine[1];
        self[0] = coroutines.create(() -> deep(self, 50));
        for (int i = 0; i < 50; i++) {
          self[0].resume();
          assertThat(log).hasSize(i + 1);
        }
      }
    }

    private void deep(Coroutine[] self, int levels) {
      log.add("down " + levels);
      if (levels > 1) {
        self[0].suspend();
        deep(self, levels - 1);
      }
    }

    @Test
    void abandonedOnesDoNotGoOn() {
      try (Coroutines coroutines = make()) {
        Coroutine a = counting(coroutines, "a", 3);
        a.resume();
        a.abandon();
        Coroutine b = counting(coroutines, "b", 1);
        b.resume();
        counting(coroutines, "never", 1).abandon();
        Coroutine c = counting(coroutines, "c", 2);
        c.resume();
        c.resume();
        c.abandon();
        counting(coroutines, "d", 1).resume();
        assertThat(log).containsExactly("a0", "b0", "c0", "c1", "d0");
      }
    }

    @Test
    void exceptionsPass() {
      try (Coroutines coroutines = make()) {
        RuntimeException failure = new IllegalStateException("as expected");
        Coroutine first =
            coroutines.create(
                () -> {
                  throw failure;
                });
        assertThatThrownBy(first::resume).isSameAs(failure);
        Error error = new AssertionError("as expected");
        Coroutine[] second = new Coroutine[1];
        second[0] =
            coroutines.create(
                () -> {
                  second[0].suspend();
                  throw error;
                });
        second[0].resume();
        assertThatThrownBy(second[0]::resume).isSameAs(error);
        counting(coroutines, "a", 1).resume();
        assertThat(log).containsExactly("a0");
      }
    }

    @Test
    void closingDoesNotRunBodiesOn() {
      Coroutines coroutines = make();
      counting(coroutines, "a", 2).resume();
      counting(coroutines, "b", 2);
      coroutines.close();
      assertThat(log).containsExactly("a0");
    }

    @Test
    void haveAName() {
      try (Coroutines coroutines = make()) {
        assertThat(coroutines.kind()).isNotBlank();
      }
    }
  }
}
