package dev.mmexit.scenario.format;

import dev.mmexit.kernel.Errno;
import java.util.List;
import java.util.stream.Collectors;

/** What a final condition says about one final state. */
public sealed interface Expr {
  /**
   * The expression in the syntax of a scenario, on one line, with no more parentheses than needed.
   */
  String text();

  /** {@code A /\ B ...}: all of at least two. */
  record And(List<Expr> operands) implements Expr {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public String text() {
      return operands.stream()
          .map(each -> each instanceof And || each instanceof Or ? inParens(each) : each.text())
          .collect(Collectors.joining(" /\\ "));
    }
  }

  /** {@code A \/ B ...}: any of at least two. */
  record Or(List<Expr> operands) implements Expr {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public String text() {
      return operands.stream()
          .map(each -> each instanceof Or ? inParens(each) : each.text())
          .collect(Collectors.joining(" \\/ "));
    }
  }

  /** {@code ~A}. */
  record Not(Expr operand) implements Expr {
    @Override
    public String text() {
      boolean bare = operand instanceof Not || !(operand instanceof And || operand instanceof Or);
      return "~"
          + (bare && !(operand instanceof RegisterAtom) ? operand.text() : inParens(operand));
    }
  }

  /** {@code T1:r0 = 5}: a register of a thread (or of {@code init}) compares so with a value. */
  record RegisterAtom(String thread, String register, Comparison comparison, int value)
      implements Expr {
    @Override
    public String text() {
      return thread + ":" + register + " " + comparison.label() + " " + Errno.name(value);
    }
  }

  /** {@code attached(C, G)}: the group is on the container's list of groups. */
  record Attached(String container, String group) implements Expr {
    @Override
    public String text() {
      return "attached(" + container + ", " + group + ")";
    }
  }

  /** {@code listed(C, P)}: the container's {@code mm_list} has P's address space. */
  record Listed(String container, String process) implements Expr {
    @Override
    public String text() {
      return "listed(" + container + ", " + process + ")";
    }
  }

  /** {@code bound(D, P)}: the device has a bond with P's address space. */
  record Bound(String device, String process) implements Expr {
    @Override
    public String text() {
      return "bound(" + device + ", " + process + ")";
    }
  }

  /** {@code pasid(C, P) = N}: the PASID of the container's entry for P's address space. */
  record PasidIs(String container, String process, int pasid) implements Expr {
    @Override
    public String text() {
      return "pasid(" + container + ", " + process + ") = " + pasid;
    }
  }

  /** {@code alive(P)}: the process has not exited. */
  record Alive(String process) implements Expr {
    @Override
    public String text() {
      return "alive(" + process + ")";
    }
  }

  /** How a register compares with a value. */
  enum Comparison {
    EQ("="),
    NE("!="),
    LT("<"),
    GT(">");

    private final String label;

    Comparison(String label) {
      this.label = label;
    }

    /** How it is written, as {@code !=}. */
    public String label() {
      return label;
    }

    /** Whether {@code left} and {@code right} compare so. */
    public boolean test(int left, int right) {
      return switch (this) {
        case EQ -> left == right;
        case NE -> left != right;
        case LT -> left < right;
        case GT -> left > right;
      };
    }
  }

  private static String inParens(Expr expr) {
    return "(" + expr.text() + ")";
  }
}
