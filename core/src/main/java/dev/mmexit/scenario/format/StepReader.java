package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import dev.mmexit.scenario.grammar.LitmusParser.ContainerNameContext;
import dev.mmexit.scenario.grammar.LitmusParser.DeviceNameContext;
import dev.mmexit.scenario.grammar.LitmusParser.GroupNameContext;
import dev.mmexit.scenario.grammar.LitmusParser.OpenContext;
import dev.mmexit.scenario.grammar.LitmusParser.OperationContext;
import dev.mmexit.scenario.grammar.LitmusParser.ProcessNameContext;
import dev.mmexit.scenario.grammar.LitmusParser.RegisterContext;
import dev.mmexit.scenario.grammar.LitmusParser.StepContext;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Reads and checks single steps, of the set-up and of threads. */
final class StepReader {
  private final Symbols symbols;
  private final Diagnostics diagnostics;
  private final OperationReader operations = new OperationReader();

  StepReader(Symbols symbols, Diagnostics diagnostics) {
    this.symbols = symbols;
    this.diagnostics = diagnostics;
  }

  /**
   * Reads a step.
   *
   * @param thread who takes it: a thread's name, or {@link Scenario#INIT} for the set-up
   * @param registers those that the thread has assigned before; the step's is added
   * @return null if it could not be read
   */
  @Nullable Step read(StepContext step, String thread, Set<String> registers) {
    RegisterContext register = step.register();
    if (register != null && register.exception == null && !registers.add(register.getText())) {
      diagnostics.add(
          register.getStart(),
          register.getText()
              + " is assigned twice in "
              + (thread.equals(Scenario.INIT) ? "the set-up" : thread)
              + ", expected another register");
    }
    OperationContext operation = step.operation();
    if (operation == null) {
      return null;
    }
    boolean inSetUp = thread.equals(Scenario.INIT);
    String keyword = operation.getStart().getText();
    checkNames(operation, keyword, inSetUp);
    if (operation instanceof OpenContext && !inSetUp) {
      diagnostics.add(
          operation.getStart(), "open is an operation of the set-up, expected it inside { }");
    }
    if (step.exception != null) {
      return null;
    }
    return Step.of(
        operations.visit(operation),
        register == null ? null : register.getText(),
        Position.of(step.getStart()));
  }

  private void checkNames(OperationContext operation, String keyword, boolean inSetUp) {
    for (ParseTree child : operation.children == null ? Set.<ParseTree>of() : operation.children) {
      ObjectKind kind = kindOf(child);
      if (kind != null) {
        symbols.use((ParserRuleContext) child, kind, keyword, inSetUp);
      }
    }
  }

  /** The kind of object that a name has to stand for; null if it is none. */
  static @Nullable ObjectKind kindOf(ParseTree name) {
    if (name instanceof ContainerNameContext) {
      return ObjectKind.CONTAINER;
    }
    if (name instanceof GroupNameContext) {
      return ObjectKind.GROUP;
    }
    if (name instanceof DeviceNameContext) {
      return ObjectKind.DEVICE;
    }
    return name instanceof ProcessNameContext ? ObjectKind.PROCESS : null;
  }

  /** Reports what is no step: in the set-up, or in the table. */
  void refuse(ParserRuleContext unknown, boolean inSetUp) {
    Token first = unknown.getStart();
    String found = Words.show(first);
    boolean assigned = unknown.getChildCount() > 1 && unknown.getChild(1).getText().equals("=");
    boolean declares = Words.DECLARATIONS.contains(first.getText());
    if (assigned && first.getType() == LitmusLexer.NAME) {
      diagnostics.add(first, found + " is not a register, expected 'r' and a number, as 'r0'");
    } else if (declares && !inSetUp) {
      diagnostics.add(first, found + " starts a declaration, expected it inside { }");
    } else if (inSetUp) {
      diagnostics.add(
          first,
          found
              + " starts no declaration and no operation, expected "
              + Words.anyOf(Words.DECLARATIONS)
              + "; or "
              + Words.anyOf(Words.OPERATIONS));
    } else {
      diagnostics.add(
          first, found + " is not an operation, expected " + Words.anyOf(Words.OPERATIONS));
    }
  }
}
