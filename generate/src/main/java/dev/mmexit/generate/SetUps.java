package dev.mmexit.generate;

import dev.mmexit.generate.OperationKind.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The set-ups up to a size, each once, smaller ones first: groups go into containers, then
 * processes open containers, then they are bound; each in the order of the containers, and then of
 * the groups or processes.
 */
final class SetUps {
  private final Size size;
  private final List<List<Op>> found = new ArrayList<>();

  private SetUps(Size size) {
    this.size = size;
  }

  static List<List<Op>> of(Size size) {
    SetUps setUps = new SetUps(size);
    setUps.addGroups(new ArrayList<>());
    setUps.found.sort(Comparator.comparingInt(List::size));
    return setUps.found;
  }

  /** Puts one more group into the last container, or into a new one; or goes on without. */
  private void addGroups(List<Op> setup) {
    relations(setup, OperationKind.OPEN, size.uses().contains(OperationKind.OPEN));
    int containers = 0;
    for (Op op : setup) {
      containers = op.container() + 1;
    }
    if (setup.size() == size.groups() || setup.size() == size.setup()) {
      return;
    }
    int group = setup.size();
    if (containers > 0) {
      Op last = setup.get(group - 1);
      with(setup, Op.ofGroup(last.kind(), last.container(), group), this::addGroups);
    }
    if (containers < size.containers()) {
      for (OperationKind kind : entries()) {
        with(setup, Op.ofGroup(kind, containers, group), this::addGroups);
      }
    }
  }

  /** How groups go into containers before anything races. */
  private List<OperationKind> entries() {
    boolean layered =
        size.uses().contains(OperationKind.SET_CONTAINER)
            || size.uses().contains(OperationKind.UNSET_CONTAINER);
    boolean direct =
        !layered
            || size.uses().contains(OperationKind.ATTACH)
            || size.uses().contains(OperationKind.DETACH);
    List<OperationKind> entries = new ArrayList<>();
    if (direct) {
      entries.add(OperationKind.ATTACH);
    }
    if (layered) {
      entries.add(OperationKind.SET_CONTAINER);
    }
    return entries;
  }

  /** Adds pairs of containers and processes, each larger than the one before. */
  private void relations(List<Op> setup, OperationKind kind, boolean wanted) {
    if (kind == OperationKind.OPEN) {
      relations(setup, OperationKind.BIND, true);
    } else {
      found.add(List.copyOf(setup));
    }
    if (!wanted || setup.size() == size.setup()) {
      return;
    }
    Numbering used = new Numbering(size.containers(), size.groups(), size.processes()).add(setup);
    int containers = Math.min(used.count(Role.CONTAINER) + 1, size.containers());
    if (kind == OperationKind.BIND) {
      containers = filled(setup); // A container without a group refuses it.
    }
    int processes = Math.min(used.count(Role.PROCESS) + 1, size.processes());
    Op last = setup.isEmpty() ? null : setup.get(setup.size() - 1);
    for (int container = 0; container < containers; container++) {
      for (int process = 0; process < processes; process++) {
        Op next = Op.ofProcess(kind, container, process);
        if (last == null || last.kind() != kind || last.compareTo(next) < 0) {
          with(setup, next, more -> relations(more, kind, true));
        }
      }
    }
  }

  /** How many containers have groups: they are the first ones. */
  private static int filled(List<Op> setup) {
    int containers = 0;
    for (Op op : setup) {
      containers = op.group() == Op.NONE ? containers : op.container() + 1;
    }
    return containers;
  }

  private static void with(List<Op> setup, Op next, Consumer<List<Op>> continuation) {
    setup.add(next);
    continuation.accept(setup);
    setup.remove(setup.size() - 1);
  }
}
