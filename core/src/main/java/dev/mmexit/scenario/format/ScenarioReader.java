package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusParser.ClosingContext;
import dev.mmexit.scenario.grammar.LitmusParser.ConditionContext;
import dev.mmexit.scenario.grammar.LitmusParser.FileContext;
import dev.mmexit.scenario.grammar.LitmusParser.HeadingContext;
import dev.mmexit.scenario.grammar.LitmusParser.LineContext;
import dev.mmexit.scenario.grammar.LitmusParser.SetUpContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * From the syntax tree of a file to its scenario. The tree may have errors, reported already; every
 * part of it that could be read is checked all the same.
 */
final class ScenarioReader {
  private final String file;
  private final String sourceText;
  private final Set<String> knownVariants;
  private final Diagnostics diagnostics;

  ScenarioReader(
      String file, String sourceText, Set<String> knownVariants, Diagnostics diagnostics) {
    this.file = file;
    this.sourceText = sourceText;
    this.knownVariants = knownVariants;
    this.diagnostics = diagnostics;
  }

  /** The scenario; null if anything is wrong with it, which is then reported. */
  @Nullable Scenario read(FileContext tree) {
    checkHeading(tree.heading());
    Symbols symbols = new Symbols(tree, diagnostics);
    StepReader steps = new StepReader(symbols, diagnostics);
    Map<String, Set<String>> registers = new HashMap<>();

    DeclarationReader declarations = new DeclarationReader(symbols, diagnostics);
    List<Step> setup = readSetUp(tree.setUp(), declarations, steps, registers);
    List<ThreadDecl> threads =
        tree.header() == null
            ? List.of()
            : new TableReader(steps, registers, diagnostics).read(tree.header(), tree.cell());
    ConditionReader conditions = new ConditionReader(symbols, registers, diagnostics);
    Condition condition = readConditions(tree.closing(), conditions);
    ExpectationReader expectations = new ExpectationReader(knownVariants, diagnostics);
    for (ClosingContext closing : tree.closing()) {
      if (closing.expectation() != null) {
        expectations.read(closing.expectation());
      }
      if (closing.stray() != null) {
        Token stray = closing.stray().getStart();
        diagnostics.add(
            stray, "found " + Words.show(stray) + ", expected 'expect' or the end of the file");
      }
    }
    if (!diagnostics.isEmpty()) {
      return null;
    }
    return new Scenario(
        tree.heading().scenarioName().getText(),
        description(tree.heading()),
        declarations.containers(),
        declarations.groups(),
        declarations.processes(),
        setup,
        threads,
        condition,
        expectations.expectations(),
        declarations.memory(),
        declarations.fails(),
        file,
        sourceText);
  }

  private void checkHeading(HeadingContext heading) {
    if (heading.exception == null
        && heading.scenarioName().getStart().getLine() != heading.getStart().getLine()) {
      diagnostics.add(
          heading.scenarioName().getStart(),
          "the scenario's name is on another line, expected it right after 'VFIO'");
    }
  }

  private static String description(HeadingContext heading) {
    TerminalNode string = heading.STRING();
    if (string == null) {
      return "";
    }
    String quoted = string.getText();
    return quoted.substring(1, quoted.length() - 1);
  }

  private List<Step> readSetUp(
      @Nullable SetUpContext setUp,
      DeclarationReader declarations,
      StepReader steps,
      Map<String, Set<String>> registers) {
    List<Step> read = new ArrayList<>();
    Set<String> assigned = new HashSet<>();
    registers.put(Scenario.INIT, assigned);
    if (setUp == null) {
      return read;
    }
    for (LineContext line : setUp.line()) {
      if (line.declaration() != null) {
        declarations.read(line.declaration());
      } else if (line.unknownStatement() != null) {
        steps.refuse(line.unknownStatement(), true);
      } else if (line.step() != null) {
        Step step = steps.read(line.step(), Scenario.INIT, assigned);
        if (step != null) {
          read.add(step);
        }
      }
    }
    return read;
  }

  private @Nullable Condition readConditions(
      List<ClosingContext> closings, ConditionReader conditions) {
    ConditionContext first = null;
    Condition read = null;
    for (ClosingContext closing : closings) {
      ConditionContext condition = closing.condition();
      if (condition == null) {
        continue;
      }
      Condition next = conditions.read(condition);
      if (first == null) {
        first = condition;
        read = next;
      } else {
        diagnostics.add(
            condition.getStart(),
            "this is a second final condition, expected only the one at "
                + Position.of(first.getStart()));
      }
    }
    return read;
  }
}
