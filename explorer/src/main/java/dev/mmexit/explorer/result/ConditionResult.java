package dev.mmexit.explorer.result;

/**
 * What became of the final condition. As herd does, it counts for the proposition in the
 * parentheses, whatever stands before them: {@code ~exists} holds where {@code positive} is 0.
 *
 * @param text the condition as written, such as {@code exists (T1:r0 = 0)}
 * @param holds whether it holds for the final states seen, which a bounded exploration may not all
 *     have seen
 * @param positive how many distinct final states satisfy the proposition
 * @param negative how many do not
 */
public record ConditionResult(String text, boolean holds, long positive, long negative) {

  /**
   * {@code Never}, {@code Sometimes} or {@code Always}: the final states that satisfy the
   * proposition.
   */
  public String observation() {
    if (positive == 0) {
      return "Never";
    }
    return negative == 0 ? "Always" : "Sometimes";
  }
}
