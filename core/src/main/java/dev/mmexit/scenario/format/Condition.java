package dev.mmexit.scenario.format;

/**
 * The final condition, over the states in which every thread has finished.
 *
 * @param text the whole condition on one line, as {@code exists (T1:r0 = 0)}
 */
public record Condition(Quantifier quantifier, Expr expr, String text) {

  /** Which of the final states the expression is about. */
  public enum Quantifier {
    /** At least one satisfies it. */
    EXISTS("exists"),
    /** None satisfies it. */
    NOT_EXISTS("~exists"),
    /** Each satisfies it. */
    FORALL("forall");

    private final String label;

    Quantifier(String label) {
      this.label = label;
    }

    /** How it is written, as {@code ~exists}. */
    public String label() {
      return label;
    }
  }

  /** A condition with its text. */
  public static Condition of(Quantifier quantifier, Expr expr) {
    return new Condition(quantifier, expr, quantifier.label() + " (" + expr.text() + ")");
  }
}
