package dev.mmexit.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What makes a scenario one that could happen, and one of which no smaller one says the same:
 *
 * <ul>
 *   <li>Set-up and race make one whole of all objects: what has nothing to do with each other is
 *       found in smaller scenarios.
 *   <li>A process exits once, and does nothing in that thread afterwards. One that is forked or
 *       cloned does nothing above that.
 *   <li>A group that no {@code set-container} names is in one container at a time, and one caller
 *       at a time moves it, as the vfio layer would have it: it is attached where it is in none,
 *       and detached from the one that it is in.
 *   <li>A container is filled with {@code attach} or with {@code set-container}, not with both. A
 *       group is unset that was set, or may have been; it is set where it was not, or may have been
 *       unset.
 *   <li>A container is closed once; nobody calls on it afterwards in that thread. One that is the
 *       driver's data alone has no group then, and nobody else calls on it in the race, as every
 *       call holds the file.
 *   <li>A process is unbound, and a device uses its memory, where it is bound to that container, or
 *       to any, by the set-up or in the race. A binding or mapping needs a container that has a
 *       group, or gets one. A page is unmapped or pinned that is mapped in the race; pinned only in
 *       a container with a mediated group. A mediated device has no access of its own.
 *   <li>Processes hold containers of the vfio layer open, and no others. One that calls on such a
 *       container is among these, or was made by one; nobody but they closes it.
 *   <li>No process is made by one that it makes.
 * </ul>
 */
final class PlausibleUse {
  private static final int FREE = -1;

  private final List<Op> setup;
  private final List<List<Op>> threads;
  private final List<Op> race = new ArrayList<>();

  private PlausibleUse(List<Op> setup, List<List<Op>> threads) {
    this.setup = setup;
    this.threads = threads;
    threads.forEach(race::addAll);
  }

  /** Whether the scenario can become plausible by more operations at the end of the last thread. */
  static boolean mayBecome(List<Op> setup, List<List<Op>> threads) {
    PlausibleUse use = new PlausibleUse(setup, threads);
    return use.processesDoNothingAfterwards() && use.groupsMove() && use.containersCloseOnce();
  }

  /** Whether the scenario is plausible, whatever its groups are like. */
  static boolean allows(List<Op> setup, List<List<Op>> threads) {
    PlausibleUse use = new PlausibleUse(setup, threads);
    return mayBecome(setup, threads)
        && use.layersAreKept()
        && use.closesAreTheLast()
        && use.everyOperationHasAnEffect()
        && use.filesAreHeld()
        && use.childrenComeFromParents()
        && Components.of(setup, threads).connected();
  }

  /** Whether a plausible scenario is so with groups that are like this. */
  static boolean allows(Draft draft) {
    Set<Integer> mediated = new HashSet<>();
    for (Op op : draft.operations()) {
      if (op.group() != Op.NONE && draft.groups().get(op.group()).mediated()) {
        if (op.device() != Op.NONE) {
          return false;
        }
        mediated.add(op.container());
      }
    }
    return draft.operations().stream()
        .allMatch(op -> op.kind() != OperationKind.PIN || mediated.contains(op.container()));
  }

  private boolean processesDoNothingAfterwards() {
    Set<Integer> exited = new HashSet<>();
    for (List<Op> thread : threads) {
      Set<Integer> gone = new HashSet<>();
      Set<Integer> named = new HashSet<>();
      for (Op op : thread) {
        if (gone.contains(op.caller()) || named.contains(op.child())) {
          return false;
        }
        if (op.kind() == OperationKind.EXIT) {
          gone.add(op.process());
          if (!exited.add(op.process())) {
            return false;
          }
        }
        if (op.process() != Op.NONE) {
          named.add(op.process());
        }
        if (op.other() != Op.NONE) {
          named.add(op.other());
        }
      }
    }
    return true;
  }

  private boolean groupsMove() {
    Map<Integer, Integer> places = new HashMap<>();
    for (Op op : setup) {
      if (op.kind() == OperationKind.ATTACH) {
        places.put(op.group(), op.container());
      }
    }
    Map<Integer, Integer> movers = new HashMap<>();
    for (int number = 0; number < threads.size(); number++) {
      for (Op op : threads.get(number)) {
        boolean attach = op.kind() == OperationKind.ATTACH;
        if (!attach && op.kind() != OperationKind.DETACH) {
          continue;
        }
        Integer mover = movers.putIfAbsent(op.group(), number);
        int needed = attach ? FREE : op.container();
        if ((mover != null && mover != number) || places.getOrDefault(op.group(), FREE) != needed) {
          return false;
        }
        places.put(op.group(), attach ? op.container() : FREE);
      }
    }
    return true;
  }

  private boolean containersCloseOnce() {
    Set<Integer> closed = new HashSet<>();
    for (List<Op> thread : threads) {
      Set<Integer> gone = new HashSet<>();
      for (Op op : thread) {
        if (op.container() != Op.NONE && gone.contains(op.container())) {
          return false;
        }
        if (op.kind() == OperationKind.CLOSE) {
          gone.add(op.container());
          if (!closed.add(op.container())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean layersAreKept() {
    for (Op op : race) {
      boolean moves = op.kind() == OperationKind.ATTACH || op.kind() == OperationKind.DETACH;
      boolean mixed =
          moves
              && any(
                  other ->
                      other.kind() == OperationKind.SET_CONTAINER
                          && (other.container() == op.container() || other.group() == op.group()));
      boolean unsets = op.kind() == OperationKind.UNSET_CONTAINER;
      boolean sets = op.kind() == OperationKind.SET_CONTAINER;
      if (mixed
          || (unsets && !any(of(OperationKind.SET_CONTAINER, Op.NONE, op.group())))
          || (sets
              && setup.stream().anyMatch(of(OperationKind.SET_CONTAINER, Op.NONE, op.group()))
              && race.stream().noneMatch(of(OperationKind.UNSET_CONTAINER, Op.NONE, op.group())))
          || (sets && setup.stream().anyMatch(of(OperationKind.ATTACH, Op.NONE, op.group())))) {
        return false;
      }
    }
    return true;
  }

  private boolean closesAreTheLast() {
    for (List<Op> thread : threads) {
      for (Op close : thread) {
        if (close.kind() == OperationKind.CLOSE
            && !any(of(OperationKind.SET_CONTAINER, close.container(), Op.NONE))
            && (hasGroupsAtTheEnd(close.container())
                || race.stream()
                    .anyMatch(op -> op.container() == close.container() && !thread.contains(op)))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasGroupsAtTheEnd(int container) {
    int groups = 0;
    List<Op> all = new ArrayList<>(setup);
    all.addAll(race);
    for (Op op : all) {
      if (op.container() == container && op.kind() == OperationKind.ATTACH) {
        groups++;
      } else if (op.container() == container && op.kind() == OperationKind.DETACH) {
        groups--;
      }
    }
    return groups > 0;
  }

  private boolean everyOperationHasAnEffect() {
    return race.stream()
        .allMatch(
            op ->
                switch (op.kind()) {
                  case UNBIND, UNBIND_BY -> any(binds(op.container(), op.process()));
                  case DMA, FAULT -> any(binds(Op.NONE, op.process()));
                  case BIND, BIND_BY, MAP -> any(fills(op.container()));
                  case UNMAP, PIN ->
                      any(
                          other ->
                              other.kind() == OperationKind.MAP
                                  && other.container() == op.container()
                                  && other.process() == op.process());
                  default -> true;
                });
  }

  private boolean filesAreHeld() {
    for (Op open : setup) {
      if (open.kind() == OperationKind.OPEN
          && (!any(of(OperationKind.SET_CONTAINER, open.container(), Op.NONE))
              || race.stream().anyMatch(of(OperationKind.CLOSE, open.container(), Op.NONE))
              || race.stream().anyMatch(op -> lacksTheFile(op, open.container())))) {
        return false;
      }
    }
    return true;
  }

  private boolean lacksTheFile(Op op, int container) {
    return op.container() == container && op.caller() != Op.NONE && !holds(container, op.caller());
  }

  private boolean childrenComeFromParents() {
    Map<Integer, Integer> parents = new HashMap<>();
    for (Op op : race) {
      if (op.child() != Op.NONE) {
        parents.put(op.child(), op.process());
      }
    }
    for (int child : parents.keySet()) {
      Integer ancestor = parents.get(child);
      for (int steps = 0; ancestor != null && steps <= parents.size(); steps++) {
        if (ancestor == child) {
          return false;
        }
        ancestor = parents.get(ancestor);
      }
    }
    return true;
  }

  private boolean holds(int container, int process) {
    return setup.contains(Op.ofProcess(OperationKind.OPEN, container, process))
        || race.stream()
            .anyMatch(
                op ->
                    op.child() == process
                        && setup.contains(
                            Op.ofProcess(OperationKind.OPEN, container, op.process())));
  }

  private boolean any(Predicate<Op> wanted) {
    return setup.stream().anyMatch(wanted) || race.stream().anyMatch(wanted);
  }

  /** Operations of a kind about that container and that group, {@link Op#NONE} standing for any. */
  private static Predicate<Op> of(OperationKind kind, int container, int group) {
    return op ->
        op.kind() == kind
            && (container == Op.NONE || op.container() == container)
            && (group == Op.NONE || op.group() == group);
  }

  private static Predicate<Op> binds(int container, int process) {
    return op ->
        (op.kind() == OperationKind.BIND || op.kind() == OperationKind.BIND_BY)
            && (container == Op.NONE || op.container() == container)
            && op.process() == process;
  }

  private static Predicate<Op> fills(int container) {
    return of(OperationKind.ATTACH, container, Op.NONE)
        .or(of(OperationKind.SET_CONTAINER, container, Op.NONE));
  }
}
