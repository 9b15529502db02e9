package dev.mmexit.explorer.report;

import dev.mmexit.explorer.result.FinalState;
import java.util.StringJoiner;

/** A final state in one line: registers, then facts. */
final class FinalStateText {
  private FinalStateText() {}

  static String of(FinalState state) {
    StringJoiner text = new StringJoiner("; ", "", ";");
    text.setEmptyValue("(no register, no fact)");
    state.registers().forEach((name, value) -> text.add(name + "=" + ErrnoNames.of(value)));
    state.facts().forEach(text::add);
    return text.toString();
  }
}
