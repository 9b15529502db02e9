package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusParser.OptionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The options of one declaration. What is wrong with one is reported as it is read. */
final class Options {
  private final String owner;
  private final Diagnostics diagnostics;
  private final Map<String, OptionContext> written = new HashMap<>();

  /**
   * The options as written.
   *
   * @param owner the declaration that has them, as {@code group}
   * @param known all options that it can have
   */
  Options(String owner, List<String> known, List<OptionContext> options, Diagnostics diagnostics) {
    this.owner = owner;
    this.diagnostics = diagnostics;
    for (OptionContext option : options) {
      if (option.exception == null) {
        add(option, known);
      }
    }
  }

  private void add(OptionContext option, List<String> known) {
    String name = option.optionName().getText();
    if (!known.contains(name)) {
      diagnostics.add(
          option.getStart(),
          owner
              + " has no option "
              + name
              + ", expected "
              + (known.isEmpty() ? "none" : Words.anyOf(known)));
    } else if (written.putIfAbsent(name, option) != null) {
      diagnostics.add(option.getStart(), "option " + name + " is given twice, expected it once");
    }
  }

  /** Where an option is, if it is given. */
  @Nullable Token where(String name) {
    OptionContext option = written.get(name);
    return option == null ? null : option.getStart();
  }

  /** Whether an option without a value is given. */
  boolean flag(String name) {
    OptionContext option = written.get(name);
    if (option == null) {
      return false;
    }
    if (option.optionValue() != null) {
      diagnostics.add(
          option.optionValue().getStart(), "option " + name + " takes no value, expected it alone");
    }
    return true;
  }

  /** The value of a {@code yes|no} option. */
  boolean yes(String name, boolean otherwise) {
    return oneOf(name, List.of(true, false), yes -> yes ? "yes" : "no", otherwise);
  }

  /** The value of an option that is one of a few words. */
  <T> T oneOf(String name, List<T> values, Function<T, String> label, T otherwise) {
    String text = value(name, Words.anyOf(values.stream().map(label).toList()));
    if (text == null) {
      return otherwise;
    }
    for (T value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
    }
    refuse(name, Words.anyOf(values.stream().map(label).toList()));
    return otherwise;
  }

  /** The value of an option that is a number in a range. */
  OptionalInt number(String name, int lowest, int highest) {
    String expected = "a number from " + lowest + " to " + highest;
    String text = value(name, expected);
    if (text == null) {
      return OptionalInt.empty();
    }
    OptionalInt number = Numbers.parse(text, lowest, highest);
    if (number.isEmpty()) {
      refuse(name, expected);
    }
    return number;
  }

  /** The value of an option that is {@code MIN..MAX}. */
  int[] range(String name, int lowest, int highest, int[] otherwise) {
    String expected = "MIN..MAX from " + lowest + " to " + highest;
    String text = value(name, expected);
    if (text == null) {
      return otherwise;
    }
    int dots = text.indexOf("..");
    OptionalInt min = Numbers.parse(dots < 0 ? "" : text.substring(0, dots), lowest, highest);
    OptionalInt max = Numbers.parse(dots < 0 ? "" : text.substring(dots + 2), lowest, highest);
    if (min.isEmpty() || max.isEmpty()) {
      refuse(name, expected);
      return otherwise;
    }
    if (min.getAsInt() > max.getAsInt()) {
      refuse(name, "MIN..MAX with MIN not above MAX");
      return otherwise;
    }
    return new int[] {min.getAsInt(), max.getAsInt()};
  }

  /** The value as written; null if the option is not given, or, reported, has no value. */
  @Nullable String value(String name, String expected) {
    OptionContext option = written.get(name);
    if (option == null) {
      return null;
    }
    if (option.optionValue() == null) {
      diagnostics.add(
          option.getStart(), "option " + name + " needs a value, expected '=' and " + expected);
      return null;
    }
    return option.optionValue().getText();
  }

  /** The value as it is in the tree; null if the option or its value is not given. */
  @Nullable ParserRuleContext valueContext(String name) {
    OptionContext option = written.get(name);
    return option == null ? null : option.optionValue();
  }

  private void refuse(String name, String expected) {
    ParserRuleContext value = valueContext(name);
    if (value != null) {
      diagnostics.add(
          value.getStart(),
          "option "
              + name
              + " cannot be "
              + Words.quote(value.getText())
              + ", expected "
              + expected);
    }
  }
}
