package dev.mmexit.cli;

import dev.mmexit.explorer.MemoryModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says what was expected where it cannot. */
final class Converters {
  private Converters() {}

  /** Reads a word that names a constant, in lower case. */
  private abstract static class Word<T extends Enum<T>> implements ITypeConverter<T> {
    private final Class<T> type;

    Word(Class<T> type) {
      this.type = type;
    }

    @Override
    public T convert(String value) {
      for (T constant : type.getEnumConstants()) {
        if (word(constant).equals(value)) {
          return constant;
        }
      }
      String expected =
          Arrays.stream(type.getEnumConstants()).map(Word::word).collect(Collectors.joining(", "));
      throw new TypeConversionException("expected one of " + expected + ", not '" + value + "'");
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads {@code auto}, {@code always} or {@code never}. */
  static final class Color extends Word<ColorMode> {
    Color() {
      super(ColorMode.class);
    }
  }

  /** Reads {@code kasan} or {@code slub}. */
  static final class Memory extends Word<MemoryModel> {
    Memory() {
      super(MemoryModel.class);
    }
  }

  /** Reads a whole number in a range. */
  private abstract static class Whole implements ITypeConverter<Long> {
    private final long least;
    private final long most;

    Whole(long least, long most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Long convert(String value) {
      if (value.matches("-?[0-9]{1,18}")) {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw new TypeConversionException(
          String.format(
              Locale.ROOT, "expected a whole number from %d to %d, not '%s'", least, most, value));
    }
  }

  /** Reads a time in seconds. */
  static final class Seconds extends Whole {
    Seconds() {
      super(1, 1_000_000_000);
    }
  }

  /** Reads how many executions there may be. */
  static final class Executions extends Whole {
    Executions() {
      super(1, 1_000_000_000_000_000L);
    }
  }

  /** Reads how many preemptions there may be. */
  static final class Preemptions extends Whole {
    Preemptions() {
      super(0, 1_000_000);
    }
  }

  /** Reads which generated scenario is meant. */
  static final class ScenarioNumber extends Whole {
    ScenarioNumber() {
      super(1, 1_000_000_000_000_000L);
    }
  }

  /** Reads which finding is meant. */
  static final class FindingNumber extends Whole {
    FindingNumber() {
      super(1, 1_000_000);
    }
  }

  /** Reads how many threads there are to be. */
  static final class Workers extends Whole {
    Workers() {
      super(1, 1024);
    }
  }
}
