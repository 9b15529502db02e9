package dev.mmexit.jpf;

import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.variant.Variant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a scenario as a Java program that builds it and runs it in a {@link Driver}. Java
 * PathFinder would take longer to parse a scenario than to explore it, and would carry the parser's
 * tables through every state.
 */
public final class ProgramWriter {
  /** The class that is written. */
  public static final String CLASS = "dev.mmexit.jpf.Program";

  private ProgramWriter() {}

  /** The source of {@link #CLASS}, without what a run does not use: expectations and the text. */
  public static String source(Variant variant, Scenario scenario) {
    return """
        package dev.mmexit.jpf;

        public final class Program {
          public static void main(String[] arguments) {
            Driver.run(new %s(), scenario());
          }

          static dev.mmexit.scenario.format.Scenario scenario() {
            return %s;
          }
        }
        """
        .formatted(name(variant.getClass()), expression(bare(scenario)));
  }

  /** The scenario as far as it is written. */
  static Scenario bare(Scenario scenario) {
    return new Scenario(
        scenario.name(),
        "",
        scenario.containers(),
        scenario.groups(),
        scenario.processes(),
        scenario.setup(),
        scenario.threads(),
        scenario.condition(),
        Map.of(),
        scenario.memory(),
        scenario.fails(),
        null,
        "");
  }

  private static String expression(@Nullable Object value) {
    if (value == null || value instanceof Integer || value instanceof Boolean) {
      return String.valueOf(value);
    }
    if (value instanceof String text) {
      return literal(text);
    }
    if (value instanceof Enum<?> constant) {
      return name(constant.getDeclaringClass()) + "." + constant.name();
    }
    if (value instanceof List<?> list) {
      return "java.util.List.of" + arguments(list.stream());
    }
    if (value instanceof Map<?, ?> map && map.isEmpty()) {
      return "java.util.Map.of()";
    }
    if (value instanceof Record record) {
      return "new "
          + name(record.getClass())
          + arguments(
              Stream.of(record.getClass().getRecordComponents())
                  .map(component -> get(record, component)));
    }
    throw new IllegalArgumentException("no expression for a value of " + value.getClass());
  }

  private static String arguments(Stream<? extends @Nullable Object> values) {
    return values.map(ProgramWriter::expression).collect(Collectors.joining(", ", "(", ")"));
  }

  private static @Nullable Object get(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Class<?> type) {
    return type.getName().replace('$', '.');
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c >= ' ' && c < 127) {
        literal.append(c);
      } else {
        literal.append(String.format("\\u%04x", (int) c));
      }
    }
    return literal.append('"').toString();
  }
}
