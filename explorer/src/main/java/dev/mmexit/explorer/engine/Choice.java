package dev.mmexit.explorer.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to go on from a state, as a byte: which context takes the next step, and whether the call
 * that it stands before fails where fault injection leaves that open.
 */
public final class Choice {
  /** The number of contexts that a choice can tell apart. */
  public static final int MAX_CONTEXTS = 128;

  /**
   * What the name of a context ends in, in schedules, where it takes the step of a failing call.
   */
  public static final String FAILS = "!";

  private static final int FAILING = 0x80;

  private Choice() {}

  /** The step of {@code context}; of a call that may fail, the way in which it succeeds. */
  public static byte of(ControlledContext context) {
    return (byte) context.index();
  }

  /** The step of {@code context} with the call that it stands before failing. */
  public static byte failing(ControlledContext context) {
    return (byte) (context.index() | FAILING);
  }

  /** The step that {@code context} was chosen to take. */
  static byte taken(ControlledContext context) {
    return context.isFailing() && context.isChoosing() ? failing(context) : of(context);
  }

  /** The place of the context in the order of creation. */
  public static int index(byte choice) {
    return choice & ~FAILING & 0xff;
  }

  /** Whether the call fails. */
  public static boolean fails(byte choice) {
    return (choice & FAILING) != 0;
  }

  /** The context that takes this step, told whether its call fails; null where it cannot. */
  public static @Nullable ControlledContext take(ControlledEngine engine, byte choice) {
    List<ControlledContext> contexts = engine.contexts();
    int index = index(choice);
    if (index >= contexts.size()) {
      return null;
    }
    ControlledContext context = contexts.get(index);
    if (!context.isEnabled()) {
      return null;
    }
    return context.take(fails(choice)) ? context : null;
  }

  /** How the choice is named, by {@code name} of the context. */
  public static String named(String name, boolean fails) {
    return fails ? name + FAILS : name;
  }
}
