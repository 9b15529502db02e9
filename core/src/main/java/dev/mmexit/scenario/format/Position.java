package dev.mmexit.scenario.format;

import java.util.Comparator;
import org.antlr.v4.runtime.Token;

/** Where something is written in a scenario: line and column, both from 1, in characters. */
public record Position(int line, int column) implements Comparable<Position> {
  static final Position START = new Position(1, 1);

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  static Position of(Token token) {
    return new Position(token.getLine(), token.getCharPositionInLine() + 1);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code LINE:COLUMN}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
