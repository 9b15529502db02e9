package dev.mmexit.scenario.format;

import dev.mmexit.kernel.Errno;
import dev.mmexit.scenario.grammar.LitmusBaseVisitor;
import dev.mmexit.scenario.grammar.LitmusLexer;
import dev.mmexit.scenario.grammar.LitmusParser;
import dev.mmexit.scenario.grammar.LitmusParser.ConditionContext;
import dev.mmexit.scenario.grammar.LitmusParser.RegisterAtomContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Reads and checks the final condition. */
final class ConditionReader extends LitmusBaseVisitor<Expr> {
  private final Symbols symbols;
  private final Map<String, Set<String>> registers;
  private final Diagnostics diagnostics;

  /**
   * A reader for the condition of one scenario.
   *
   * @param registers those that each thread assigns, the set-up's as {@link Scenario#INIT}'s
   */
  ConditionReader(Symbols symbols, Map<String, Set<String>> registers, Diagnostics diagnostics) {
    this.symbols = symbols;
    this.registers = registers;
    this.diagnostics = diagnostics;
  }

  /** The condition; null if it could not be read. */
  @Nullable Condition read(ConditionContext condition) {
    checkNames(condition);
    if (condition.exception != null) {
      return null;
    }
    Condition.Quantifier quantifier =
        switch (condition.quantifier().getText()) {
          case "exists" -> Condition.Quantifier.EXISTS;
          case "forall" -> Condition.Quantifier.FORALL;
          default -> Condition.Quantifier.NOT_EXISTS;
        };
    return Condition.of(quantifier, visit(condition.disjunction()));
  }

  private void checkNames(ParserRuleContext tree) {
    if (tree.children == null) {
      return;
    }
    if (tree instanceof RegisterAtomContext atom) {
      if (atom.COLON() != null) {
        checkRegister(atom);
      }
      return;
    }
    for (ParseTree child : tree.children) {
      ObjectKind kind = StepReader.kindOf(child);
      if (kind != null) {
        symbols.use((ParserRuleContext) child, kind, tree.getStart().getText(), false);
      } else if (child instanceof ParserRuleContext rule) {
        checkNames(rule);
      }
    }
  }

  private void checkRegister(RegisterAtomContext atom) {
    String thread = atom.threadName().getText();
    boolean initial = thread.equals(Scenario.INIT);
    Symbols.Symbol symbol = symbols.find(thread);
    if (!initial && (symbol == null || symbol.kind() != ObjectKind.THREAD)) {
      symbols.use(atom.threadName(), ObjectKind.THREAD, "a register", false);
    } else if (atom.register() != null && atom.register().exception == null) {
      String register = atom.register().getText();
      Set<String> assigned = registers.getOrDefault(thread, Set.of());
      boolean perhaps =
          !initial && registers.getOrDefault(TableReader.UNKNOWN, Set.of()).contains(register);
      if (!assigned.contains(register) && !perhaps) {
        diagnostics.add(
            atom.register().getStart(),
            register
                + " is not assigned by "
                + (initial ? "the set-up" : thread)
                + ", expected "
                + (assigned.isEmpty()
                    ? "a register, and it assigns none"
                    : Words.anyOf(List.copyOf(new TreeSet<>(assigned)))));
      }
    }
    if (atom.value() != null && atom.value().exception == null) {
      checkValue(atom.value());
    }
  }

  private void checkValue(ParserRuleContext value) {
    Token token = value.getStart();
    if (Errno.parse(token.getText()).isEmpty()) {
      boolean symbolic = token.getType() == LitmusLexer.ERRNO;
      diagnostics.add(
          token,
          Words.quote(token.getText())
              + (symbolic ? " is not a known errno, expected " : " does not fit, expected ")
              + (symbolic ? Words.anyOf(Errno.names()) : "a number of 32 bits"));
    }
  }

  @Override
  public Expr visitDisjunction(LitmusParser.DisjunctionContext tree) {
    List<Expr> operands = all(tree.conjunction());
    return operands.size() == 1 ? operands.get(0) : new Expr.Or(operands);
  }

  @Override
  public Expr visitConjunction(LitmusParser.ConjunctionContext tree) {
    List<Expr> operands = all(tree.negation());
    return operands.size() == 1 ? operands.get(0) : new Expr.And(operands);
  }

  private List<Expr> all(List<? extends ParserRuleContext> trees) {
    List<Expr> operands = new ArrayList<>();
    trees.forEach(tree -> operands.add(visit(tree)));
    return operands;
  }

  @Override
  public Expr visitNegation(LitmusParser.NegationContext tree) {
    if (tree.negation() != null) {
      return new Expr.Not(visit(tree.negation()));
    }
    return visit(tree.atom() != null ? tree.atom() : tree.disjunction());
  }

  @Override
  public Expr visitRegisterAtom(RegisterAtomContext atom) {
    Expr.Comparison comparison =
        switch (atom.comparison().getText()) {
          case "=" -> Expr.Comparison.EQ;
          case "!=" -> Expr.Comparison.NE;
          case "<" -> Expr.Comparison.LT;
          default -> Expr.Comparison.GT;
        };
    OptionalInt value = Errno.parse(atom.value().getText());
    return new Expr.RegisterAtom(
        atom.threadName().getText(), atom.register().getText(), comparison, value.orElse(0));
  }

  @Override
  public Expr visitAttachedAtom(LitmusParser.AttachedAtomContext atom) {
    return new Expr.Attached(atom.containerName().getText(), atom.groupName().getText());
  }

  @Override
  public Expr visitListedAtom(LitmusParser.ListedAtomContext atom) {
    return new Expr.Listed(atom.containerName().getText(), atom.processName().getText());
  }

  @Override
  public Expr visitBoundAtom(LitmusParser.BoundAtomContext atom) {
    return new Expr.Bound(atom.deviceName().getText(), atom.processName().getText());
  }

  @Override
  public Expr visitPasidAtom(LitmusParser.PasidAtomContext atom) {
    String text = atom.pasid().getText();
    OptionalInt pasid = Numbers.parse(text, -1, DeclarationReader.MAX_PASID);
    if (pasid.isEmpty()) {
      diagnostics.add(
          atom.pasid().getStart(),
          Words.quote(text)
              + " cannot be a PASID, expected a number from -1 to "
              + DeclarationReader.MAX_PASID);
    }
    return new Expr.PasidIs(
        atom.containerName().getText(), atom.processName().getText(), pasid.orElse(0));
  }

  @Override
  public Expr visitAliveAtom(LitmusParser.AliveAtomContext atom) {
    return new Expr.Alive(atom.processName().getText());
  }
}
