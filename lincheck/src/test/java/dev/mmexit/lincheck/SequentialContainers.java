package dev.mmexit.lincheck;

import java.util.ArrayList;
import java.util.List;

/** What {@link Containers} do where one operation comes after the other. Without locks. */
public class SequentialContainers {
  private static final int EINVAL = 22;
  private static final int ESRCH = 3;
  private static final int EFAULT = 14;
  private static final int GROUPS = 3;

  private final boolean[] attached = {true, false, true};
  private final boolean[] running = {true, true};

  /** By container: the processes that it lists, in the order in which they were bound. */
  private final List<List<Integer>> listed = List.of(new ArrayList<>(), new ArrayList<>());

  /** By process: the PASID, which it has as long as a device is bound to it; 0 for none. */
  private final int[] pasids = new int[2];

  /** By container and process: what the last BIND that succeeded gave. */
  private final int[][] told = new int[2][2];

  public int bind(int container, int process) {
    if (!running[process]) {
      return -ESRCH;
    }
    if (!hasGroup(container)) {
      return -EINVAL;
    }
    if (listed.get(container).contains(process)) {
      told[container][process] = pasids[process];
      return pasids[process];
    }
    listed.get(container).add(process);
    takePasid(process);
    told[container][process] = pasids[process];
    return pasids[process];
  }

  private void takePasid(int process) {
    if (pasids[process] == 0) {
      pasids[process] = pasids[1 - process] == 1 ? 2 : 1;
    }
  }

  /** A process to which no device is bound has no PASID. */
  private void dropPasids() {
    for (int process = 0; process < 2; process++) {
      boolean bound = false;
      for (int container = 0; container < 2; container++) {
        bound |= listed.get(container).contains(process);
      }
      if (!bound) {
        pasids[process] = 0;
      }
    }
  }

  public int unbind(int container, int process) {
    if (!running[process] || !listed.get(container).remove((Integer) process)) {
      return -ESRCH;
    }
    dropPasids();
    return 0;
  }

  public int attach(int group) {
    if (attached[group]) {
      return -EINVAL;
    }
    attached[group] = true;
    return 0;
  }

  public int detach(int group) {
    attached[group] = false;
    if (!hasGroup(container(group))) {
      // The last group takes the list with it.
      listed.get(container(group)).clear();
    }
    dropPasids();
    return 0;
  }

  public int exit(int process) {
    if (!running[process]) {
      return -ESRCH;
    }
    running[process] = false;
    listed.forEach(processes -> processes.remove((Integer) process));
    dropPasids();
    return 0;
  }

  public int dma(int group, int process) {
    int container = container(group);
    int pasid = told[container][process];
    if (!attached[group] || pasid == 0) {
      return -EFAULT;
    }
    for (int other = 0; other < 2; other++) {
      if (listed.get(container).contains(other) && pasids[other] == pasid) {
        return other;
      }
    }
    return -EFAULT;
  }

  private static int container(int group) {
    return group == 2 ? 1 : 0;
  }

  private boolean hasGroup(int container) {
    for (int group = 0; group < GROUPS; group++) {
      if (attached[group] && container(group) == container) {
        return true;
      }
    }
    return false;
  }
}
