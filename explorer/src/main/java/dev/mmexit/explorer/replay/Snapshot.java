package dev.mmexit.explorer.replay;

import dev.mmexit.explorer.engine.ControlledEngine;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory as it was when somebody looked last, in words, to tell what has changed since. */
final class Snapshot {
  private static final String ALLOCATED = "allocated";
  private static final String FREED = "freed";
  private static final String NEXT = ".next";
  private static final String PREV = ".prev";

  private final ControlledEngine engine;
  private final Map<Struct, List<String>> known = new HashMap<>();

  /** Looks at the memory of {@code engine} for the first time. */
  Snapshot(ControlledEngine engine) {
    this.engine = engine;
    changes();
  }

  /** What has changed since the last call, by the age of the objects and the order of fields. */
  List<FieldChange> changes() {
    List<FieldChange> changes = new ArrayList<>();
    for (Struct struct : engine.structs()) {
      List<String> before = known.get(struct);
      if (struct.isAlive()) {
        List<String> now = struct.cells().stream().map(cell -> cell.text(cell.peek())).toList();
        known.put(struct, now);
        if (before == null) {
          changes.add(new FieldChange(struct.describe(), "-", ALLOCATED));
        } else {
          compare(struct, before, now, changes);
        }
      } else if (before == null || !before.isEmpty()) {
        known.put(struct, List.of());
        changes.add(new FieldChange(struct.describe(), before == null ? "-" : ALLOCATED, FREED));
      }
    }
    return changes;
  }

  private static void compare(
      Struct struct, List<String> before, List<String> now, List<FieldChange> changes) {
    String next = "";
    for (int i = 0; i < now.size(); i++) {
      Cell cell = struct.cell(i);
      if (!before.get(i).equals(now.get(i)) && !cell.label().equals(next)) {
        changes.add(new FieldChange(field(cell), before.get(i), now.get(i)));
        if (cell.label().endsWith(NEXT)) {
          // What points back says the same again.
          next = cell.label().substring(0, cell.label().length() - NEXT.length()) + PREV;
        }
      }
    }
  }

  private static String field(Cell cell) {
    String name = cell.struct().name();
    return name.isEmpty() ? cell.expression() : cell.expression() + " (" + name + ")";
  }
}
