package dev.mmexit.kernel;

import static dev.mmexit.kernel.Worlds.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.threads.ThreadEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A ring of nodes against a list. */
class ListHeadPropertyTest {
  private static final int NODES = 6;

  private enum Verb {
    ADD,
    ADD_TAIL,
    ADD_AFTER,
    DEL,
    DEL_ALL_EVEN
  }

  private record Action(Verb verb, int node, int other) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Integer> nodes = Arbitraries.integers().between(0, NODES - 1);
    return Combinators.combine(Arbitraries.of(Verb.class), nodes, nodes)
        .as(Action::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void behavesLikeAList(@ForAll("actions") List<Action> actions) {
    ThreadEngine engine = new ThreadEngine();
    ListHead<Thing> head = new Thing(engine, "owner").head;
    List<Thing> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Thing(engine, "n" + i));
    }
    List<Thing> model = new ArrayList<>();

    for (Action action : actions) {
      step(head, nodes, model, action);
      agree(head, model);
    }
  }

  private static void step(
      ListHead<Thing> head, List<Thing> nodes, List<Thing> model, Action action) {
    Thing node = nodes.get(action.node());
    Thing other = nodes.get(action.other());
    boolean listed = model.contains(node);
    switch (action.verb()) {
      case ADD -> {
        if (!listed) {
          head.add(node.list);
          model.add(0, node);
        }
      }
      case ADD_TAIL -> {
        if (!listed) {
          head.addTail(node.list);
          model.add(node);
        }
      }
      case ADD_AFTER -> {
        if (!listed && model.contains(other)) {
          other.list.add(node.list);
          model.add(model.indexOf(other) + 1, node);
        }
      }
      case DEL -> {
        if (listed) {
          node.list.del();
          model.remove(node);
        }
      }
      case DEL_ALL_EVEN -> {
        for (Thing thing : head.entriesSafe()) {
          if (nodes.indexOf(thing) % 2 == 0) {
            thing.list.del();
          }
        }
        model.removeIf(thing -> nodes.indexOf(thing) % 2 == 0);
      }
    }
  }

  private static void agree(ListHead<Thing> head, List<Thing> model) {
    List<Thing> reversed = new ArrayList<>(model);
    Collections.reverse(reversed);
    assertThat(head.now()).isEqualTo(model);
    assertThat(all(head.entries())).isEqualTo(model);
    assertThat(all(head.entriesSafe())).isEqualTo(model);
    assertThat(all(head.entriesReverse())).isEqualTo(reversed);
    assertThat(head.isEmpty()).isEqualTo(model.isEmpty());
    assertThat(head.first()).isSameAs(model.isEmpty() ? null : model.get(0));
    if (!model.isEmpty()) {
      assertThat(all(head.entriesContinueReverse(model.get(model.size() - 1).list)))
          .isEqualTo(reversed.subList(1, reversed.size()));
    }
  }
}
