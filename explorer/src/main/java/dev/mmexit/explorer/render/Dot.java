package dev.mmexit.explorer.render;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A graph in the language of Graphviz, line by line. */
final class Dot {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Opens a graph or a cluster. */
  Dot open(String head) {
    line(head + " {");
    depth++;
    return this;
  }

  Dot close() {
    depth--;
    return line("}");
  }

  Dot line(String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
    return this;
  }

  /** A node, an edge or a default, with its attributes. */
  Dot item(String what, Map<String, String> attributes) {
    String list =
        new TreeMap<>(attributes)
            .entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(", "));
    return line(what + " [" + list + "];");
  }

  /** Text as it is. */
  static String quote(String content) {
    return "\"" + escape(content) + "\"";
  }

  /** Lines of text, each aligned to the left. */
  static String left(Iterable<String> lines) {
    StringBuilder quoted = new StringBuilder("\"");
    lines.forEach(line -> quoted.append(escape(line)).append("\\l"));
    return quoted.append('"').toString();
  }

  private static String escape(String content) {
    return content
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
