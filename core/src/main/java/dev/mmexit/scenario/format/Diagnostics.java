package dev.mmexit.scenario.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file. */
final class Diagnostics {
  private static final Comparator<Diagnostic> BY_POSITION =
      Comparator.comparingInt(Diagnostic::line)
          .thenComparingInt(Diagnostic::column)
          .thenComparing(Diagnostic::message);

  private final String file;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Position> excused = new HashSet<>();
  private @Nullable Position end;

  Diagnostics(String file) {
    this.file = file;
  }

  void add(Token token, String message) {
    add(Position.of(token), message);
  }

  void add(Position position, String message) {
    if (end == null || position.compareTo(end) < 0) {
      found.add(new Diagnostic(file, position.line(), position.column(), message));
    }
  }

  /** Reports that the tokens do not follow each other so; not where that is excused. */
  void addSyntaxError(Token token, String message) {
    if (!excused.contains(Position.of(token))) {
      add(token, message);
    }
  }

  /** Says nothing of how that token follows, because what is before it has been dropped. */
  void excuse(Token token) {
    excused.add(Position.of(token));
  }

  /** Ignores whatever is said about that position and what follows it. */
  void ignoreFrom(Position position) {
    end = position;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Everything found, by position. */
  List<Diagnostic> sorted() {
    return found.stream().distinct().sorted(BY_POSITION).toList();
  }
}
