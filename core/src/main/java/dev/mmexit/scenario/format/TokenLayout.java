package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of a file as the grammar wants them: without what is no token, with both braces of the
 * set-up, and with the ends of only those lines where they matter.
 */
final class TokenLayout {
  private static final Set<Integer> NOT_AFTER_EXPECT =
      Set.of(LitmusLexer.PIPE, LitmusLexer.SEMICOLON, LitmusLexer.COLON);

  private final Diagnostics diagnostics;
  private List<Token> tokens;

  private TokenLayout(List<Token> tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /** The tokens of a text, the last of them the end of the file; reports what is no token. */
  static List<Token> tokens(String text, Diagnostics diagnostics) {
    LitmusLexer lexer = new LitmusLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<Token> tokens = new ArrayList<>();
    for (Token next = lexer.nextToken(); ; next = lexer.nextToken()) {
      tokens.add(next);
      if (next.getType() == Token.EOF) {
        break;
      }
    }
    TokenLayout layout = new TokenLayout(tokens, diagnostics);
    layout.dropWhatIsNoToken();
    layout.addMissingBraces();
    layout.placeLineEnds();
    layout.tokens = NestingLimit.apply(layout.tokens, diagnostics);
    return layout.tokens;
  }

  private void dropWhatIsNoToken() {
    List<Token> kept = new ArrayList<>(tokens.size());
    StringBuilder unknown = new StringBuilder();
    Token firstUnknown = null;
    int expectedNext = -1;
    for (Token token : tokens) {
      boolean isUnknown = token.getType() == LitmusLexer.UNKNOWN;
      if (firstUnknown != null && !(isUnknown && token.getStartIndex() == expectedNext)) {
        reportUnknown(firstUnknown, unknown.toString(), kept);
        diagnostics.excuse(token);
        firstUnknown = null;
        unknown.setLength(0);
      }
      if (isUnknown) {
        firstUnknown = firstUnknown == null ? token : firstUnknown;
        unknown.append(token.getText());
        expectedNext = token.getStopIndex() + 1;
      } else if (token.getType() == LitmusLexer.COMMENT) {
        diagnostics.add(token, "the comment that starts here has no end, expected '*)'");
        diagnostics.ignoreFrom(Position.of(token));
      } else {
        if (token.getType() == LitmusLexer.UNTERMINATED_STRING) {
          diagnostics.add(token, "the text in quotes has no end, expected '\"' on the same line");
          ((CommonToken) token).setType(LitmusLexer.STRING);
        }
        kept.add(token);
      }
    }
    tokens = kept;
  }

  private void reportUnknown(Token first, String text, List<Token> before) {
    boolean inName =
        before.stream().filter(isNot(LitmusLexer.NEWLINE)).findFirst().stream()
            .anyMatch(start -> start.getLine() == first.getLine() && isVfio(start));
    diagnostics.add(
        first,
        Words.quote(text)
            + (inName
                ? " cannot be in a scenario's name, expected letters, digits, '.', '_', '+' or '-'"
                : " has no meaning in a scenario, expected a word, a number or punctuation"));
  }

  private static boolean isVfio(Token token) {
    return token.getText().equals("VFIO");
  }

  private void addMissingBraces() {
    int open = indexFrom(0, is(LitmusLexer.LBRACE));
    int close = indexFrom(Math.max(open, 0), is(LitmusLexer.RBRACE));
    if (open < 0 && close >= 0) {
      int start = afterHeading(close);
      Token before = tokens.get(start);
      diagnostics.add(before, "found " + Words.show(before) + ", expected '{' before the set-up");
      tokens.add(start, synthetic(LitmusLexer.LBRACE, "{", before));
    } else if (open >= 0 && close < 0) {
      int end = startOfTable(open);
      Token before = tokens.get(end);
      diagnostics.add(
          before,
          "found "
              + Words.show(before)
              + ", expected '}' to end the set-up that starts at "
              + Position.of(tokens.get(open)));
      tokens.add(end, synthetic(LitmusLexer.RBRACE, "}", before));
    }
  }

  /**
   * The first token after the line of the name and the description, {@code close} at the latest.
   */
  private int afterHeading(int close) {
    int lineEnd = indexFrom(indexFrom(0, isNot(LitmusLexer.NEWLINE)), is(LitmusLexer.NEWLINE));
    if (lineEnd < 0 || lineEnd > close) {
      return close;
    }
    int next = indexFrom(lineEnd, isNot(LitmusLexer.NEWLINE));
    if (tokens.get(next).getType() == LitmusLexer.STRING) {
      next = indexFrom(next + 1, isNot(LitmusLexer.NEWLINE));
    }
    return next;
  }

  /** The first token of the first line that can only be below a set-up. */
  private int startOfTable(int open) {
    int lineStart = open + 1;
    while (tokens.get(lineStart).getType() != Token.EOF) {
      int lineEnd = indexFrom(lineStart, is(LitmusLexer.NEWLINE).or(is(Token.EOF)));
      if (isBelowSetUp(tokens.subList(lineStart, lineEnd))) {
        return lineStart;
      }
      lineStart = tokens.get(lineEnd).getType() == Token.EOF ? lineEnd : lineEnd + 1;
    }
    return lineStart;
  }

  private static boolean isBelowSetUp(List<Token> line) {
    List<Integer> types = line.stream().map(Token::getType).collect(Collectors.toList());
    if (types.contains(LitmusLexer.PIPE)) {
      return true;
    }
    if (types.size() == 2 && types.get(1) == LitmusLexer.SEMICOLON) {
      return types.get(0) == LitmusLexer.NAME;
    }
    return !types.isEmpty()
        && Set.of(LitmusLexer.EXISTS, LitmusLexer.FORALL, LitmusLexer.EXPECT, LitmusLexer.TILDE)
            .contains(types.get(0));
  }

  private void placeLineEnds() {
    List<Token> placed = new ArrayList<>(tokens.size());
    boolean inSetUp = false;
    boolean setUpSeen = false;
    boolean afterExpect = false;
    Token end = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      int type = token.getType();
      if (type == LitmusLexer.LBRACE && !setUpSeen) {
        inSetUp = true;
        setUpSeen = true;
      } else if (type == LitmusLexer.RBRACE && inSetUp) {
        placed.add(synthetic(LitmusLexer.NEWLINE, "}", token));
        inSetUp = false;
      } else if (type == LitmusLexer.EXPECT && !inSetUp && startsExpectation(i, placed)) {
        afterExpect = true;
      } else if (type == Token.EOF && afterExpect) {
        placed.add(synthetic(LitmusLexer.NEWLINE, "", token));
      }
      boolean isBrace = type == LitmusLexer.LBRACE || type == LitmusLexer.RBRACE;
      if (isBrace && end != null) {
        diagnostics.add(
            token,
            "found "
                + Words.show(token)
                + ", expected no more braces after the set-up, which ends at "
                + Position.of(end));
      } else if (type != LitmusLexer.NEWLINE || inSetUp || afterExpect) {
        placed.add(token);
      }
      end = end == null && type == LitmusLexer.RBRACE ? token : end;
      afterExpect &= type != LitmusLexer.NEWLINE;
    }
    tokens = placed;
  }

  /** Whether the word {@code expect} at that place is the clause, and not the name of an object. */
  private boolean startsExpectation(int index, List<Token> before) {
    Token token = tokens.get(index);
    if (NOT_AFTER_EXPECT.contains(tokens.get(index + 1).getType()) || before.isEmpty()) {
      return false;
    }
    Token previous = before.get(before.size() - 1);
    return previous.getLine() < token.getLine()
        || previous.getType() == LitmusLexer.SEMICOLON
        || previous.getType() == LitmusLexer.RPAREN;
  }

  private int indexFrom(int start, Predicate<Token> wanted) {
    for (int i = Math.max(start, 0); i < tokens.size(); i++) {
      if (wanted.test(tokens.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Predicate<Token> is(int type) {
    return token -> token.getType() == type;
  }

  private static Predicate<Token> isNot(int type) {
    return token -> token.getType() != type;
  }

  private static Token synthetic(int type, String text, Token before) {
    CommonToken token = new CommonToken(before);
    token.setType(type);
    token.setText(text);
    return token;
  }
}
