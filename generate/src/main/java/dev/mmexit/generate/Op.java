package dev.mmexit.generate;

import dev.mmexit.generate.OperationKind.Role;
import dev.mmexit.scenario.format.Operation;
import java.util.Comparator;

/**
 * One operation with its objects as numbers, {@link #NONE} for those that it does not have.
 *
 * @param device the device's place in its group
 * @param other the process that calls where that is not {@code process}, or the one that is made
 */
record Op(OperationKind kind, int container, int group, int device, int process, int other)
    implements Comparable<Op> {
  static final int NONE = -1;

  private static final Comparator<Op> ORDER =
      Comparator.comparing(Op::kind)
          .thenComparingInt(Op::container)
          .thenComparingInt(Op::group)
          .thenComparingInt(Op::device)
          .thenComparingInt(Op::process)
          .thenComparingInt(Op::other);

  /** One about a container and a group. */
  static Op ofGroup(OperationKind kind, int container, int group) {
    return new Op(kind, container, group, NONE, NONE, NONE);
  }

  /** One about a container and a process. */
  static Op ofProcess(OperationKind kind, int container, int process) {
    return new Op(kind, container, NONE, NONE, process, NONE);
  }

  @Override
  public int compareTo(Op other) {
    return ORDER.compare(this, other);
  }

  /** The process that carries it out; {@link #NONE} for the manager and for devices. */
  int caller() {
    return switch (kind) {
      case EXIT, EXEC, FORK, CLONE, MUNMAP, MAP, UNMAP -> process;
      case BIND_BY, UNBIND_BY -> other;
      default -> NONE;
    };
  }

  /** The process that it makes. */
  int child() {
    return kind.roles().contains(Role.CHILD) ? other : NONE;
  }

  /** The same on objects with other numbers. */
  Op with(Numbering numbers) {
    return new Op(
        kind,
        container == NONE ? NONE : numbers.container(container),
        group == NONE ? NONE : numbers.group(group),
        device,
        process == NONE ? NONE : numbers.process(process),
        other == NONE ? NONE : numbers.process(other));
  }

  /** The operation with names: C0, G0, P0 and so on. */
  Operation named(String deviceName) {
    String c = "C" + container;
    String g = "G" + group;
    String p = "P" + process;
    return switch (kind) {
      case ATTACH -> new Operation.Attach(c, g);
      case DETACH -> new Operation.Detach(c, g);
      case BIND -> new Operation.Bind(c, p, null);
      case UNBIND -> new Operation.Unbind(c, p, null);
      case BIND_BY -> new Operation.Bind(c, p, "P" + other);
      case UNBIND_BY -> new Operation.Unbind(c, p, "P" + other);
      case EXIT -> new Operation.Exit(p);
      case EXEC -> new Operation.Exec(p);
      case FORK -> new Operation.Fork(p, "P" + other);
      case CLONE -> new Operation.CloneVm(p, "P" + other);
      case CLOSE -> new Operation.Close(c);
      case DMA -> new Operation.Dma(deviceName, p);
      case FAULT -> new Operation.Fault(deviceName, p);
      case MUNMAP -> new Operation.Munmap(p);
      case MAP -> new Operation.MapDma(c, p);
      case UNMAP -> new Operation.UnmapDma(c, p);
      case PIN -> new Operation.Pin(c, p);
      case SET_CONTAINER -> new Operation.SetContainer(c, g);
      case UNSET_CONTAINER -> new Operation.UnsetContainer(g);
      case OPEN -> new Operation.Open(c, p);
    };
  }
}
