package dev.mmexit.generate;

import dev.mmexit.scenario.format.Expr;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** New names for the objects and threads of a scenario; what has none keeps its own. */
final class Names {
  private final Map<String, String> names = new HashMap<>();

  boolean knows(String old) {
    return names.containsKey(old);
  }

  void put(String old, String name) {
    names.put(old, name);
  }

  String of(String old) {
    return names.getOrDefault(old, old);
  }

  private @Nullable String orNull(@Nullable String old) {
    return old == null ? null : of(old);
  }

  Step of(Step step) {
    return Step.of(of(step.operation()), step.register(), step.position());
  }

  private Operation of(Operation operation) {
    if (operation instanceof Operation.Attach op) {
      return new Operation.Attach(of(op.container()), of(op.group()));
    }
    if (operation instanceof Operation.Detach op) {
      return new Operation.Detach(of(op.container()), of(op.group()));
    }
    if (operation instanceof Operation.Bind op) {
      return new Operation.Bind(of(op.container()), of(op.process()), orNull(op.by()));
    }
    if (operation instanceof Operation.Unbind op) {
      return new Operation.Unbind(of(op.container()), of(op.process()), orNull(op.by()));
    }
    if (operation instanceof Operation.Exit op) {
      return new Operation.Exit(of(op.process()));
    }
    if (operation instanceof Operation.Exec op) {
      return new Operation.Exec(of(op.process()));
    }
    if (operation instanceof Operation.Fork op) {
      return new Operation.Fork(of(op.process()), of(op.child()));
    }
    if (operation instanceof Operation.CloneVm op) {
      return new Operation.CloneVm(of(op.process()), of(op.task()));
    }
    if (operation instanceof Operation.Open op) {
      return new Operation.Open(of(op.container()), of(op.process()));
    }
    if (operation instanceof Operation.Close op) {
      return new Operation.Close(of(op.container()));
    }
    if (operation instanceof Operation.Munmap op) {
      return new Operation.Munmap(of(op.process()));
    }
    if (operation instanceof Operation.Fault op) {
      return new Operation.Fault(of(op.device()), of(op.process()));
    }
    if (operation instanceof Operation.Dma op) {
      return new Operation.Dma(of(op.device()), of(op.process()));
    }
    if (operation instanceof Operation.MapDma op) {
      return new Operation.MapDma(of(op.container()), of(op.process()));
    }
    if (operation instanceof Operation.UnmapDma op) {
      return new Operation.UnmapDma(of(op.container()), of(op.process()));
    }
    if (operation instanceof Operation.Pin op) {
      return new Operation.Pin(of(op.container()), of(op.process()));
    }
    if (operation instanceof Operation.SetContainer op) {
      return new Operation.SetContainer(of(op.container()), of(op.group()));
    }
    if (operation instanceof Operation.UnsetContainer op) {
      return new Operation.UnsetContainer(of(op.group()));
    }
    if (operation instanceof Operation.Nop) {
      return operation;
    }
    // Every operation of the format is above.
    throw new IllegalArgumentException(operation.text());
  }

  Expr of(Expr expr) {
    if (expr instanceof Expr.And and) {
      return new Expr.And(all(and.operands()));
    }
    if (expr instanceof Expr.Or or) {
      return new Expr.Or(all(or.operands()));
    }
    if (expr instanceof Expr.Not not) {
      return new Expr.Not(of(not.operand()));
    }
    if (expr instanceof Expr.RegisterAtom atom) {
      return new Expr.RegisterAtom(
          of(atom.thread()), atom.register(), atom.comparison(), atom.value());
    }
    if (expr instanceof Expr.Attached atom) {
      return new Expr.Attached(of(atom.container()), of(atom.group()));
    }
    if (expr instanceof Expr.Listed atom) {
      return new Expr.Listed(of(atom.container()), of(atom.process()));
    }
    if (expr instanceof Expr.Bound atom) {
      return new Expr.Bound(of(atom.device()), of(atom.process()));
    }
    if (expr instanceof Expr.PasidIs atom) {
      return new Expr.PasidIs(of(atom.container()), of(atom.process()), atom.pasid());
    }
    if (expr instanceof Expr.Alive atom) {
      return new Expr.Alive(of(atom.process()));
    }
    // Every expression of the format is above.
    throw new IllegalArgumentException(expr.text());
  }

  private List<Expr> all(List<Expr> operands) {
    return operands.stream().map(this::of).toList();
  }
}
