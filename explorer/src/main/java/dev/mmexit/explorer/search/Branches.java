package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.ControlledContext;
import dev.mmexit.explorer.engine.ControlledEngine;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to go on from a state. */
final class Branches {
  private final Labels labels;

  Branches(Labels labels) {
    this.labels = labels;
  }

  /**
   * Who can go on from the state that the engine is in, whoever took the last step first.
   *
   * @return null where nobody can
   */
  @Nullable Frame of(ControlledEngine engine, @Nullable ControlledContext last, int state) {
    List<ControlledContext> contexts = engine.contexts();
    if (contexts.size() > Choice.MAX_CONTEXTS) {
      throw new TooLarge("more than " + Choice.MAX_CONTEXTS + " contexts");
    }
    ControlledContext choosing = engine.choosing();
    if (choosing != null) {
      return ofChoice(choosing, state);
    }
    byte[] choices = new byte[contexts.size()];
    int count = 0;
    for (ControlledContext context : contexts) {
      if (context.isEnabled()) {
        choices[count++] = Choice.of(context);
      }
    }
    if (count == 0) {
      return null;
    }
    preferLast(choices, count, last);
    int[] names = new int[count];
    for (int i = 0; i < count; i++) {
      names[i] = labels.number(contexts.get(Choice.index(choices[i])).label());
    }
    return new Frame(state, Arrays.copyOf(choices, count), names);
  }

  /** A state in which somebody's call fails or not. */
  private Frame ofChoice(ControlledContext choosing, int state) {
    byte[] choices = {Choice.of(choosing), Choice.failing(choosing)};
    int[] names = new int[choices.length];
    for (int i = 0; i < choices.length; i++) {
      names[i] = labels.number(Choice.named(choosing.label(), Choice.fails(choices[i])));
    }
    return new Frame(state, choices, names);
  }

  /** Whoever took the last step goes on first: that costs no switch. */
  private static void preferLast(byte[] choices, int count, @Nullable ControlledContext last) {
    for (int i = 0; last != null && i < count; i++) {
      if (choices[i] == Choice.of(last)) {
        System.arraycopy(choices, 0, choices, 1, i);
        choices[0] = Choice.of(last);
        return;
      }
    }
  }
}
