package dev.mmexit.generate;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The operations that scenarios are generated from, in the order in which they are tried. */
public enum OperationKind {
  ATTACH("attach", Role.CONTAINER, Role.GROUP),
  DETACH("detach", Role.CONTAINER, Role.GROUP),
  BIND("bind", Role.CONTAINER, Role.PROCESS),
  UNBIND("unbind", Role.CONTAINER, Role.PROCESS),
  EXIT("exit", Role.CALLER),
  CLOSE("close", Role.CONTAINER),
  DMA("dma", Role.DEVICE, Role.PROCESS),
  /** {@code bind C P by Q}, Q being P or another one. */
  BIND_BY("bind-by", Role.CONTAINER, Role.PROCESS, Role.CALLER),
  /** {@code unbind C P by Q}. */
  UNBIND_BY("unbind-by", Role.CONTAINER, Role.PROCESS, Role.CALLER),
  EXEC("exec", Role.CALLER),
  FORK("fork", Role.CALLER, Role.CHILD),
  CLONE("clone", Role.CALLER, Role.CHILD),
  MUNMAP("munmap", Role.CALLER),
  FAULT("fault", Role.DEVICE, Role.PROCESS),
  MAP("map", Role.CONTAINER, Role.CALLER),
  UNMAP("unmap", Role.CONTAINER, Role.CALLER),
  PIN("pin", Role.CONTAINER, Role.PROCESS),
  SET_CONTAINER("set-container", Role.CONTAINER, Role.GROUP),
  UNSET_CONTAINER("unset-container", Role.GROUP),
  /** {@code open C by P}: in set-ups only. */
  OPEN("open", Role.CONTAINER, Role.PROCESS);

  /** What is used where nothing else is asked for. */
  public static final Set<OperationKind> CORE =
      Collections.unmodifiableSet(EnumSet.range(ATTACH, DMA));

  /** What an argument of an operation stands for. */
  enum Role {
    CONTAINER,
    GROUP,
    DEVICE,
    PROCESS,
    /** The process that carries the operation out. */
    CALLER,
    /** The process that the operation makes. */
    CHILD
  }

  private final String word;

  // A copy, which cannot be changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Role> roles;

  OperationKind(String word, Role... roles) {
    this.word = word;
    this.roles = List.of(roles);
  }

  /** What it is called on the command line, as {@code bind-by}. */
  public String word() {
    return word;
  }

  List<Role> roles() {
    return roles;
  }

  /** The words of all. */
  static List<String> words() {
    return Arrays.stream(values()).map(OperationKind::word).toList();
  }
}
