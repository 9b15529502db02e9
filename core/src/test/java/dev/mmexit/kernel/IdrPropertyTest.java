package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An IDR against a sorted map. */
class IdrPropertyTest {
  private record Action(boolean alloc, int number, int range) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    return Combinators.combine(
            Arbitraries.of(true, true, false),
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 6))
        .as(Action::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void behavesLikeASortedMap(@ForAll("actions") List<Action> actions) {
    ThreadEngine engine = new ThreadEngine();
    Idr<Thing> idr = new Thing(engine, "table").idr;
    TreeMap<Integer, Thing> model = new TreeMap<>();

    for (Action action : actions) {
      int number = action.number();
      if (action.alloc()) {
        Thing thing = new Thing(engine, "thing");
        int end = number + action.range();
        assertThat(idr.alloc(thing, number, end)).isEqualTo(alloc(model, thing, number, end));
      } else {
        idr.remove(number);
        model.remove(number);
      }
      assertThat(idr.find(number)).isSameAs(model.get(number));
      assertThat(idr.now()).isEqualTo(model);
      assertThat(all(idr.entriesInOrder())).containsExactlyElementsOf(model.values());
    }
  }

  private static int alloc(Map<Integer, Thing> model, Thing thing, int min, int end) {
    int id = min;
    while (model.containsKey(id)) {
      id++;
    }
    if (id >= end) {
      return -Errno.ENOSPC;
    }
    model.put(id, thing);
    return id;
  }
}
