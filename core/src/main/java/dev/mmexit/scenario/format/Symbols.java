package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusParser.CellContext;
import dev.mmexit.scenario.grammar.LitmusParser.CloneVmContext;
import dev.mmexit.scenario.grammar.LitmusParser.ContainerDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.DeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.DeviceListContext;
import dev.mmexit.scenario.grammar.LitmusParser.FileContext;
import dev.mmexit.scenario.grammar.LitmusParser.ForkContext;
import dev.mmexit.scenario.grammar.LitmusParser.GroupDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.LineContext;
import dev.mmexit.scenario.grammar.LitmusParser.ProcessDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.StepContext;
import dev.mmexit.scenario.grammar.LitmusParser.ThreadNameContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** The names that a scenario declares. They share one namespace. */
final class Symbols {
  /** What a name stands for, and where it is declared. */
  record Symbol(ObjectKind kind, Position position) {}

  private final Map<String, Symbol> symbols = new HashMap<>();
  private final Set<String> perhapsDeclared = new HashSet<>();
  private final Diagnostics diagnostics;

  /** Collects all declarations of a file, and reports every second one of a name. */
  Symbols(FileContext file, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    if (file.setUp() != null) {
      file.setUp().line().forEach(this::collect);
    }
    if (file.header() != null) {
      for (ThreadNameContext thread : file.header().threadName()) {
        declare(thread, ObjectKind.THREAD);
      }
    }
    for (CellContext cell : file.cell()) {
      collect(cell.step());
    }
  }

  private void collect(LineContext line) {
    DeclarationContext declaration = line.declaration();
    if (declaration instanceof ContainerDeclarationContext container) {
      declare(container.newName(), ObjectKind.CONTAINER);
    } else if (declaration instanceof GroupDeclarationContext group) {
      declare(group.newName(), ObjectKind.GROUP);
      DeviceListContext devices = group.deviceList();
      if (devices != null) {
        devices.newName().forEach(device -> declare(device, ObjectKind.DEVICE));
      }
    } else if (declaration instanceof ProcessDeclarationContext process) {
      declare(process.newName(), ObjectKind.PROCESS);
    }
    if (line.unknownStatement() != null || (declaration != null && line.exception != null)) {
      noteWords(line);
    }
    collect(line.step());
  }

  private void collect(@Nullable StepContext step) {
    if (step == null) {
      return;
    }
    if (step.operation() instanceof ForkContext fork) {
      declare(fork.newName(), ObjectKind.PROCESS);
    } else if (step.operation() instanceof CloneVmContext clone) {
      declare(clone.newName(), ObjectKind.PROCESS);
    }
  }

  /** What a line that is not understood may have been meant to declare. */
  private void noteWords(ParseTree tree) {
    for (int i = 0; i < tree.getChildCount(); i++) {
      ParseTree child = tree.getChild(i);
      if (child.getChildCount() == 0) {
        perhapsDeclared.add(child.getText());
      } else {
        noteWords(child);
      }
    }
  }

  private void declare(@Nullable ParserRuleContext name, ObjectKind kind) {
    Token token = written(name);
    if (token == null) {
      return;
    }
    Symbol earlier = symbols.putIfAbsent(token.getText(), new Symbol(kind, Position.of(token)));
    if (earlier != null) {
      diagnostics.add(
          token,
          token.getText()
              + " is declared a second time, expected a name other than that of the "
              + earlier.kind().noun()
              + " at "
              + earlier.position());
    } else if (kind == ObjectKind.THREAD && token.getText().equals(Scenario.INIT)) {
      diagnostics.add(
          token, "init is what the set-up's registers are read as, expected another thread name");
    }
  }

  /**
   * Checks that a name stands for an object of that kind.
   *
   * @param user what expects it, as {@code attach}
   * @param inSetUp whether the name has to be declared above
   */
  void use(@Nullable ParserRuleContext name, ObjectKind kind, String user, boolean inSetUp) {
    Token token = written(name);
    if (token == null) {
      return;
    }
    String text = token.getText();
    String expects = ", " + user + " expects " + kind.withArticle();
    Symbol symbol = symbols.get(text);
    if (symbol == null) {
      if (!perhapsDeclared.contains(text)) {
        diagnostics.add(token, text + " is not declared" + expects);
      }
    } else if (symbol.kind() != kind) {
      diagnostics.add(token, text + " is " + symbol.kind().withArticle() + expects);
    } else if (inSetUp && symbol.position().compareTo(Position.of(token)) > 0) {
      diagnostics.add(
          token,
          text
              + " is declared only at "
              + symbol.position()
              + ", "
              + user
              + " expects "
              + kind.withArticle()
              + " declared above it");
    }
  }

  /** What a name stands for, if it is declared. */
  @Nullable Symbol find(String name) {
    return symbols.get(name);
  }

  /** Checks that a name stands for an object, of whatever kind. */
  void useAny(ParserRuleContext name, String user) {
    Symbol symbol = symbols.get(name.getText());
    boolean isThread = symbol != null && symbol.kind() == ObjectKind.THREAD;
    if (isThread || (symbol == null && !perhapsDeclared.contains(name.getText()))) {
      diagnostics.add(
          name.getStart(),
          name.getText()
              + (isThread ? " is a thread, " : " is not declared, ")
              + user
              + " expects the name of an object");
    }
  }

  private static @Nullable Token written(@Nullable ParserRuleContext name) {
    return name == null || name.exception != null ? null : name.getStart();
  }
}
