package dev.mmexit.scenario;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.kernel.HlistNode;
import dev.mmexit.kernel.Idr;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Struct;
import dev.mmexit.mm.MmStruct;
import dev.mmexit.vfio.VfioContainer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds objects that are allocated and that nothing reaches any more. */
final class Leaks {
  private final Host host;
  private final List<Struct> roots = new ArrayList<>();

  /**
   * A search from what there was when the machine had booted.
   *
   * @param boot address spaces and containers of the vfio layer among it are no roots: they live as
   *     long as something uses them
   */
  Leaks(Host host, List<Struct> boot) {
    this.host = host;
    for (Struct struct : boot) {
      if (!(struct instanceof MmStruct || struct instanceof VfioContainer)) {
        roots.add(struct);
      }
    }
  }

  List<Violation> violations() {
    Set<Struct> reached = reached();
    Set<String> names = new TreeSet<>();
    for (Struct struct : host.structs()) {
      if (struct.isAlive()
          && struct.storage() == Struct.Storage.HEAP
          && !reached.contains(struct)) {
        names.add(struct.describe());
      }
    }
    return names.stream()
        .map(
            name ->
                new Violation(
                    FindingKind.MEMORY_LEAK, name + " is allocated, and nothing reaches it"))
        .toList();
  }

  private Set<Struct> reached() {
    Set<Struct> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Struct> open = new ArrayDeque<>();
    for (Struct root : roots) {
      visit(root, reached, open);
    }
    while (!open.isEmpty()) {
      Struct struct = open.remove();
      for (Cell cell : struct.cells()) {
        if (cell instanceof Idr<?> idr) {
          idr.now().values().forEach(value -> visit(target(value), reached, open));
        } else {
          visit(target(cell.peek()), reached, open);
        }
      }
    }
    return reached;
  }

  private static void visit(@Nullable Struct struct, Set<Struct> reached, Deque<Struct> open) {
    if (struct != null && struct.isAlive() && reached.add(struct)) {
      open.add(struct);
    }
  }

  private static @Nullable Struct target(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return struct.occupant();
    }
    if (value instanceof ListHead<?> node) {
      return node.struct().occupant();
    }
    return value instanceof HlistNode<?> node ? node.entry().occupant() : null;
  }
}
