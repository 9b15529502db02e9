package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import dev.mmexit.scenario.grammar.LitmusParser;
import dev.mmexit.scenario.grammar.LitmusParser.ContainerDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.DeviceListContext;
import dev.mmexit.scenario.grammar.LitmusParser.GroupDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.LineContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says a syntax error in the words of the format: what was found, and what was expected. */
final class SyntaxMessages {
  private static final String NAME_RULE = "a letter and then letters, digits or '_'";

  /** What a rule stands for, where an error in it is best explained by that. */
  private static final Map<Integer, String> NOUNS =
      Map.ofEntries(
          Map.entry(
              LitmusParser.RULE_scenarioName,
              "the scenario's name: letters, digits, '.', '_', '+' or '-'"),
          Map.entry(LitmusParser.RULE_containerName, "the name of a container"),
          Map.entry(LitmusParser.RULE_groupName, "the name of a group"),
          Map.entry(LitmusParser.RULE_deviceName, "the name of a device"),
          Map.entry(LitmusParser.RULE_processName, "the name of a process"),
          Map.entry(LitmusParser.RULE_threadName, "the name of a thread"),
          Map.entry(LitmusParser.RULE_variantName, "the name of a variant"),
          Map.entry(LitmusParser.RULE_kindName, "a finding kind or 'clean'"),
          Map.entry(LitmusParser.RULE_siteName, "a fallible site or 'any'"),
          Map.entry(LitmusParser.RULE_memoryModel, "'kasan' or 'slub'"),
          Map.entry(LitmusParser.RULE_optionName, "an option"),
          Map.entry(LitmusParser.RULE_optionValue, "the option's value"),
          Map.entry(LitmusParser.RULE_register, "a register: 'r' and a number, as 'r0'"),
          Map.entry(LitmusParser.RULE_value, "a number or an errno such as '-ESRCH'"),
          Map.entry(LitmusParser.RULE_pasid, "a number"),
          Map.entry(LitmusParser.RULE_comparison, "'=', '!=', '<' or '>'"),
          Map.entry(LitmusParser.RULE_quantifier, "'exists', '~exists' or 'forall'"));

  private static final Set<Integer> OBJECT_NAMES =
      Set.of(
          LitmusParser.RULE_newName,
          LitmusParser.RULE_containerName,
          LitmusParser.RULE_groupName,
          LitmusParser.RULE_deviceName,
          LitmusParser.RULE_processName,
          LitmusParser.RULE_threadName);

  private static final Set<Integer> NOT_NAMES =
      Set.of(
          LitmusLexer.NUMBER,
          LitmusLexer.NEGATIVE,
          LitmusLexer.RANGE,
          LitmusLexer.ERRNO,
          LitmusLexer.LABEL);

  private SyntaxMessages() {}

  /** The sentence for an error where the parser is. */
  static String sentence(Parser parser, RecognitionException error) {
    Token found = error.getOffendingToken();
    ParserRuleContext context = parser.getContext();
    ParserRuleContext named = named(context);
    if (named != null && isObjectName(named)) {
      String name =
          named.getRuleIndex() == LitmusParser.RULE_newName ? newName(named) : noun(named);
      return NOT_NAMES.contains(found.getType())
          ? Words.quote(found.getText()) + " cannot be " + name + ", expected " + NAME_RULE
          : found(found) + name;
    }
    if (named != null) {
      return found(found) + noun(named);
    }
    return found(found) + expected(parser, context);
  }

  /** The sentence for a file that goes on with something else where its table should be. */
  static String missingTable(String found) {
    return "found " + found + ", expected the thread table, with a first row such as 'T0 | T1 ;'";
  }

  private static String found(Token token) {
    return "found " + Words.show(token) + ", expected ";
  }

  /** The innermost rule that has a noun, if the error is inside one. */
  private static @Nullable ParserRuleContext named(ParserRuleContext context) {
    ParserRuleContext at = context;
    int rule = at.getRuleIndex();
    if (rule == LitmusParser.RULE_word || rule == LitmusParser.RULE_label) {
      at = at.getParent();
      if (at != null && at.getRuleIndex() == LitmusParser.RULE_label) {
        at = at.getParent();
      }
    }
    return at != null && (isObjectName(at) || NOUNS.containsKey(at.getRuleIndex())) ? at : null;
  }

  private static boolean isObjectName(ParserRuleContext context) {
    return OBJECT_NAMES.contains(context.getRuleIndex());
  }

  private static String noun(ParserRuleContext context) {
    return NOUNS.getOrDefault(context.getRuleIndex(), "a name");
  }

  private static String newName(ParserRuleContext context) {
    ParserRuleContext parent = context.getParent();
    if (parent instanceof ContainerDeclarationContext) {
      return "a name for the container";
    }
    if (parent instanceof GroupDeclarationContext) {
      return "a name for the group";
    }
    if (parent instanceof DeviceListContext) {
      return "a name for a device of the group";
    }
    return "a name for the process";
  }

  private static String expected(Parser parser, ParserRuleContext context) {
    return switch (context.getRuleIndex()) {
      case LitmusParser.RULE_heading -> inHeading(parser);
      case LitmusParser.RULE_line -> afterStatement((LineContext) context);
      case LitmusParser.RULE_optionList -> "an option or ']'";
      case LitmusParser.RULE_operation -> operation(parser);
      case LitmusParser.RULE_header -> "'|' and another thread, or ';' to end the row";
      case LitmusParser.RULE_cell -> "'|' or ';'";
      case LitmusParser.RULE_condition, LitmusParser.RULE_negation -> inCondition(parser);
      case LitmusParser.RULE_atom -> inAtom(parser);
      case LitmusParser.RULE_expectation -> inExpectation(parser);
      default -> tokens(parser);
    };
  }

  private static String afterStatement(LineContext line) {
    boolean inGroup =
        line.declaration() instanceof GroupDeclarationContext group && group.optionList() == null;
    return (inGroup ? "the name of a device, '[' with options, " : "")
        + "the end of the line or ';'";
  }

  private static String inHeading(Parser parser) {
    Token previous = parser.getInputStream().LT(-1);
    if (previous == null) {
      return "'VFIO' and the scenario's name";
    }
    return previous.getType() == LitmusLexer.STRING ? "'{'" : "a text in quotes or '{'";
  }

  private static String operation(Parser parser) {
    IntervalSet possible = parser.getExpectedTokens();
    return possible.size() > 1 ? "an operation: " + Words.anyOf(Words.OPERATIONS) : tokens(parser);
  }

  private static String inCondition(Parser parser) {
    IntervalSet possible = parser.getExpectedTokens();
    if (possible.contains(LitmusLexer.RPAREN)) {
      return "'/\\', '\\/' or ')'";
    }
    return possible.size() > 1 ? atom() : tokens(parser);
  }

  private static String inAtom(Parser parser) {
    Token previous = parser.getInputStream().LT(-1);
    if (parser.getExpectedTokens().contains(LitmusLexer.COLON)) {
      return "':' and a register after "
          + Words.show(previous)
          + "; or attached, listed, bound, pasid or alive before '('";
    }
    return parser.getExpectedTokens().size() > 1 ? atom() : tokens(parser);
  }

  private static String atom() {
    return "a condition on one thing, such as 'T0:r0 = 0' or 'bound(D0, P0)'";
  }

  private static String inExpectation(Parser parser) {
    return parser.getExpectedTokens().contains(LitmusLexer.NEWLINE)
        ? "',' or the end of the line"
        : tokens(parser);
  }

  /** The tokens that are possible, where they are few and fixed. */
  private static String tokens(Parser parser) {
    Vocabulary vocabulary = parser.getVocabulary();
    List<String> words = new ArrayList<>();
    for (int type : parser.getExpectedTokens().toList()) {
      String literal = vocabulary.getLiteralName(type);
      if (literal != null) {
        words.add(literal.replace("\\\\", "\\"));
      } else {
        words.add(type == Token.EOF ? "the end of the file" : "the end of the line");
      }
    }
    return Words.anyOf(words);
  }
}
