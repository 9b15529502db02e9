package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusParser;
import dev.mmexit.scenario.grammar.LitmusParser.FileContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenarios. Whatever the input, the result is a scenario or a list of everything that is
 * wrong with it, never an exception.
 */
public final class ScenarioParser {
  private ScenarioParser() {}

  /**
   * Reads a file.
   *
   * @param knownVariants the variants that {@code expect} may name
   */
  public static ParseResult parseFile(Path path, Set<String> knownVariants) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(SourceText.LIMIT + 1);
    } catch (IOException unreadable) {
      Diagnostics diagnostics = new Diagnostics(path.toString());
      diagnostics.add(Position.START, "the file cannot be read: " + reason(path, unreadable));
      return new ParseResult(null, diagnostics.sorted());
    }
    return parse(path.toString(), bytes, knownVariants);
  }

  /**
   * Reads the bytes of a file.
   *
   * @param file the name that diagnostics give it
   * @param knownVariants the variants that {@code expect} may name
   */
  public static ParseResult parse(String file, byte[] bytes, Set<String> knownVariants) {
    Diagnostics diagnostics = new Diagnostics(file);
    Scenario scenario = null;
    String text = SourceText.decode(bytes, diagnostics);
    if (text != null) {
      FileContext tree = parseTree(text, diagnostics);
      if (tree != null) {
        scenario = new ScenarioReader(file, text, knownVariants, diagnostics).read(tree);
      }
    }
    return new ParseResult(scenario, diagnostics.sorted());
  }

  /**
   * Reads a text.
   *
   * @param file the name that diagnostics give it
   * @param knownVariants the variants that {@code expect} may name
   */
  public static ParseResult parse(String file, String text, Set<String> knownVariants) {
    return parse(file, text.getBytes(StandardCharsets.UTF_8), knownVariants);
  }

  private static @Nullable FileContext parseTree(String text, Diagnostics diagnostics) {
    List<Token> tokens = TokenLayout.tokens(text, diagnostics);
    if (tokens.size() == 1) {
      if (diagnostics.isEmpty()) {
        diagnostics.add(
            Position.START, "the file holds no scenario, expected 'VFIO' and the scenario's name");
      }
      return null;
    }
    LitmusParser parser = new LitmusParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.setErrorHandler(new SyntaxErrors(diagnostics));
    return parser.file();
  }

  private static String reason(Path path, IOException unreadable) {
    if (unreadable instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (unreadable instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (Files.isDirectory(path)) {
      return "it is a directory";
    }
    String message = unreadable.getMessage();
    return message == null ? "it gives an input error" : message;
  }
}
