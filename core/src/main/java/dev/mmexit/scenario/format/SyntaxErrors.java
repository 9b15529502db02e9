package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusLexer;
import dev.mmexit.scenario.grammar.LitmusParser;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.jspecify.annotations.Nullable;

/**
 * What happens at a syntax error: it is reported once, where it is, and reading goes on with the
 * next line of the set-up, cell of the table or clause below it. So every such part is judged by
 * itself, and none is guessed at.
 */
final class SyntaxErrors extends DefaultErrorStrategy {
  private final Diagnostics diagnostics;
  private @Nullable RecognitionException reported;
  private boolean endReached;

  SyntaxErrors(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    if (error == reported) {
      return;
    }
    reported = error;
    boolean atEnd = error.getOffendingToken().getType() == Token.EOF;
    if (!(atEnd && endReached)) {
      ParserRuleContext header = enclosingHeader(parser.getContext());
      if (header != null && isMissing(header, error)) {
        diagnostics.addSyntaxError(
            header.getStart(), SyntaxMessages.missingTable(Words.show(header.getStart())));
      } else {
        diagnostics.addSyntaxError(
            error.getOffendingToken(), SyntaxMessages.sentence(parser, error));
      }
    }
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    TokenStream tokens = parser.getInputStream();
    ParserRuleContext context = parser.getContext();
    switch (context.getRuleIndex()) {
      case LitmusParser.RULE_heading -> skipThrough(parser, LitmusLexer.LBRACE);
      case LitmusParser.RULE_setUp -> skipThrough(parser, LitmusLexer.RBRACE);
      case LitmusParser.RULE_line -> {
        while (!at(tokens, LitmusLexer.NEWLINE, LitmusLexer.SEMICOLON, LitmusLexer.RBRACE)) {
          parser.consume();
        }
        if (!at(tokens, LitmusLexer.RBRACE)) {
          consume(parser);
        }
      }
      case LitmusParser.RULE_header -> {
        if (isMissing(context, error)) {
          tokens.seek(context.getStart().getTokenIndex());
        } else {
          if (tokens.LT(1) == context.getStart()) {
            parser.consume();
          }
          skipThroughOnLine(parser, LitmusLexer.SEMICOLON);
        }
      }
      case LitmusParser.RULE_cell ->
          skipThroughOnLine(parser, LitmusLexer.SEMICOLON, LitmusLexer.PIPE);
      case LitmusParser.RULE_expectation -> skipThroughOnLine(parser, LitmusLexer.NEWLINE);
      case LitmusParser.RULE_condition -> {
        while (!at(tokens) && !(startsLine(tokens) && startsClause(tokens))) {
          parser.consume();
        }
      }
      case LitmusParser.RULE_file -> skipThrough(parser, Token.EOF);
      default -> throw error;
    }
    endReached |= at(tokens);
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw new InputMismatchException(parser);
  }

  @Override
  public void sync(Parser parser) {
    // A rule that does not match says so itself.
  }

  private static @Nullable ParserRuleContext enclosingHeader(@Nullable ParserRuleContext context) {
    ParserRuleContext at = context;
    while (at != null && at.getRuleIndex() != LitmusParser.RULE_header) {
      at = at.getParent();
    }
    return at;
  }

  /** Whether there is no table: what should be its first row is something else. */
  private static boolean isMissing(ParserRuleContext header, RecognitionException error) {
    Token start = header.getStart();
    return start.getType() == Token.EOF
        || (startsClause(start.getType())
            && error.getOffendingToken().getType() != LitmusLexer.PIPE);
  }

  private static boolean startsClause(int type) {
    return type == LitmusLexer.EXISTS
        || type == LitmusLexer.FORALL
        || type == LitmusLexer.EXPECT
        || type == LitmusLexer.TILDE;
  }

  private static boolean startsClause(TokenStream tokens) {
    int type = tokens.LA(1);
    return type == LitmusLexer.TILDE ? tokens.LA(2) == LitmusLexer.EXISTS : startsClause(type);
  }

  private static void skipThrough(Parser parser, int... types) {
    while (!at(parser.getInputStream(), types)) {
      parser.consume();
    }
    consume(parser);
  }

  /** Skips to one of the types and over it, but not beyond the end of the line. */
  private static void skipThroughOnLine(Parser parser, int... types) {
    TokenStream tokens = parser.getInputStream();
    while (!startsLine(tokens)) {
      boolean last = at(tokens, types);
      consume(parser);
      if (last || at(tokens)) {
        return;
      }
    }
  }

  private static void consume(Parser parser) {
    if (!at(parser.getInputStream())) {
      parser.consume();
    }
  }

  /** Whether the next token is of one of the types, or the end of the file. */
  private static boolean at(TokenStream tokens, int... types) {
    int next = tokens.LA(1);
    for (int type : types) {
      if (next == type) {
        return true;
      }
    }
    return next == Token.EOF;
  }

  private static boolean startsLine(TokenStream tokens) {
    Token previous = tokens.LT(-1);
    return previous == null || previous.getLine() < tokens.LT(1).getLine();
  }
}
