package dev.mmexit.generate;

import dev.mmexit.generate.OperationKind.Role;
import java.util.Arrays;
import java.util.List;

/** New numbers for objects: in the order in which operations name them first. */
final class Numbering {
  private static final int UNKNOWN = -1;

  private final int[] containers;
  private final int[] groups;
  private final int[] processes;
  private int nextContainer;
  private int nextGroup;
  private int nextProcess;

  /** A numbering of nothing yet, for so many objects. */
  Numbering(int containers, int groups, int processes) {
    this.containers = unknown(containers);
    this.groups = unknown(groups);
    this.processes = unknown(processes);
  }

  private static int[] unknown(int length) {
    int[] numbers = new int[length];
    Arrays.fill(numbers, UNKNOWN);
    return numbers;
  }

  /** Numbers the objects that operations name. */
  Numbering add(List<Op> operations) {
    for (Op op : operations) {
      op.with(this);
    }
    return this;
  }

  int container(int old) {
    if (containers[old] == UNKNOWN) {
      containers[old] = nextContainer++;
    }
    return containers[old];
  }

  int group(int old) {
    if (groups[old] == UNKNOWN) {
      groups[old] = nextGroup++;
    }
    return groups[old];
  }

  int process(int old) {
    if (processes[old] == UNKNOWN) {
      processes[old] = nextProcess++;
    }
    return processes[old];
  }

  /** How many objects of a kind have a number. */
  int count(Role role) {
    return switch (role) {
      case CONTAINER -> nextContainer;
      case GROUP, DEVICE -> nextGroup;
      case PROCESS, CALLER, CHILD -> nextProcess;
    };
  }
}
