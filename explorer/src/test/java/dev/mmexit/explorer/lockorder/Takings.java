package dev.mmexit.explorer.lockorder;

import dev.mmexit.explorer.engine.LockClass;
import dev.mmexit.explorer.engine.LockTaking;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.search.LockOrder;
import dev.mmexit.explorer.search.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Orders of locks made by hand. */
final class Takings {
  /** Edges that nobody has made. */
  static final LockGraphBuilder.Witness WITNESS =
      (edge, schedule) ->
          new LockEdge(
              edge.from().name(),
              edge.to().name(),
              edge.kind(),
              "made up",
              "",
              "T0",
              List.of(),
              List.of());

  private Takings() {}

  /** Locks that are taken one after the other, each list by one thread, and all held. */
  @SafeVarargs
  static LockOrder order(List<LockClass>... threads) {
    Map<LockTaking, Schedule> takings = new LinkedHashMap<>();
    TreeSet<LockClass> classes = new TreeSet<>();
    for (List<LockClass> locks : threads) {
      classes.addAll(locks);
      for (int i = 1; i < locks.size(); i++) {
        List<LockTaking.Held> held =
            locks.subList(0, i).stream().map(lock -> new LockTaking.Held(lock, false)).toList();
        takings.put(new LockTaking(locks.get(i), held), new Schedule(0, List.of()));
      }
    }
    return new LockOrder(classes, classes, takings, new TreeMap<>(), new TreeMap<>());
  }
}
