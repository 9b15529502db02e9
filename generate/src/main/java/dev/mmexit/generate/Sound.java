package dev.mmexit.generate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What holds of every generated scenario: it can be read, set up, and has nothing for nothing. */
final class Sound {
  private Sound() {}

  static boolean allows(List<Op> setup, List<List<Op>> threads) {
    return childrenAreNew(setup, threads)
        && layersAreKept(setup, threads)
        && Components.of(setup, threads).everySetUpIsTouched();
  }

  /** A process is made once, and is not there before. */
  private static boolean childrenAreNew(List<Op> setup, List<List<Op>> threads) {
    Set<Integer> there = new HashSet<>();
    setup.forEach(op -> there.add(op.process()));
    for (List<Op> thread : threads) {
      for (Op op : thread) {
        if (op.child() != Op.NONE && !there.add(op.child())) {
          return false;
        }
      }
    }
    return true;
  }

  /** A container that a {@code set-container} names has no driver of its own for the set-up. */
  private static boolean layersAreKept(List<Op> setup, List<List<Op>> threads) {
    Set<Integer> direct = new HashSet<>();
    for (Op op : setup) {
      if (op.kind() == OperationKind.ATTACH) {
        direct.add(op.container());
      }
    }
    for (List<Op> thread : threads) {
      for (Op op : thread) {
        boolean layered = op.kind() == OperationKind.SET_CONTAINER;
        if (layered && direct.contains(op.container())) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether the set-up succeeds with groups that are like this: the driver binds a process where
   * each group that an IOMMU serves has one device, and there is such a group.
   */
  static boolean allows(Draft draft) {
    Set<Integer> served = new HashSet<>();
    Set<Integer> refused = new HashSet<>();
    for (Op op : draft.setup()) {
      if (op.group() != Op.NONE) {
        GroupKind kind = draft.groups().get(op.group());
        if (!kind.mediated()) {
          (kind.devices() == 1 ? served : refused).add(op.container());
        }
      } else if (op.kind() == OperationKind.BIND
          && (!served.contains(op.container()) || refused.contains(op.container()))) {
        return false;
      }
    }
    return true;
  }
}
