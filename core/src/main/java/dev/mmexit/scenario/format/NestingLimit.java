package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Keeps conditions to a depth that can be read by recursion: one that nests parentheses and
 * negations deeper is reported, and taken out before it is parsed.
 */
final class NestingLimit {
  /** How deep a condition may nest inside its own parentheses. */
  static final int DEPTH = 200;

  /** What is open: a parenthesis or negation, and where in {@link #kept} it is. */
  private record Level(int type, int index) {}

  private final Diagnostics diagnostics;
  private final List<Token> kept = new ArrayList<>();
  private final Deque<Level> open = new ArrayDeque<>();
  private int depth;
  private boolean dropping;

  private NestingLimit(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  static List<Token> apply(List<Token> tokens, Diagnostics diagnostics) {
    NestingLimit limit = new NestingLimit(diagnostics);
    Token previous = null;
    for (Token token : tokens) {
      boolean startsLine = previous == null || previous.getLine() < token.getLine();
      limit.next(token, startsLine);
      previous = token;
    }
    return limit.kept;
  }

  private void next(Token token, boolean startsLine) {
    int type = token.getType();
    if (dropping
        && (type == Token.EOF
            || (type == LitmusLexer.EXPECT && startsLine)
            || (open.isEmpty() && type != LitmusLexer.RPAREN))) {
      dropping = false;
      open.clear();
      depth = 0;
    }
    track(type);
    if (!dropping && depth > DEPTH + 1) {
      diagnostics.add(
          token, "the condition is nested too deeply, expected at most " + DEPTH + " levels");
      dropCondition();
    }
    if (!dropping) {
      kept.add(token);
    }
  }

  private void dropCondition() {
    int start = open.getLast().index();
    while (start > 0 && isQuantifierPart(kept.get(start - 1).getType())) {
      start--;
    }
    kept.subList(start, kept.size()).clear();
    dropping = true;
  }

  private static boolean isQuantifierPart(int type) {
    return type == LitmusLexer.EXISTS || type == LitmusLexer.FORALL || type == LitmusLexer.TILDE;
  }

  /** Opens and closes levels; a negation ends with what it negates. */
  private void track(int type) {
    if (type == LitmusLexer.TILDE || (type == LitmusLexer.LPAREN && !followsAtomName())) {
      open.push(new Level(type, kept.size()));
      depth++;
      return;
    }
    if (type == LitmusLexer.LPAREN) {
      open.push(new Level(Token.INVALID_TYPE, kept.size()));
      return;
    }
    if (type == LitmusLexer.RPAREN) {
      closeNegations();
      close();
    }
    closeNegations();
  }

  private boolean followsAtomName() {
    if (dropping || kept.isEmpty()) {
      return false;
    }
    return switch (kept.get(kept.size() - 1).getType()) {
      case LitmusLexer.ATTACHED,
          LitmusLexer.LISTED,
          LitmusLexer.BOUND,
          LitmusLexer.PASID,
          LitmusLexer.ALIVE ->
          true;
      default -> false;
    };
  }

  private void closeNegations() {
    while (!open.isEmpty() && open.peek().type() == LitmusLexer.TILDE) {
      close();
    }
  }

  private void close() {
    Level closed = open.poll();
    if (closed != null && closed.type() != Token.INVALID_TYPE) {
      depth--;
    }
  }
}
