package dev.mmexit.jpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.scenario.format.ParseResult;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.ScenarioParser;
import dev.mmexit.variant.Variant;
import dev.mmexit.variant.Variants;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario that was written as a program is the scenario. */
class ProgramWriterTest {
  private static final Path CATALOGUE = Path.of("../scenarios");

  private static final Variant FIXED = Variants.find("fixed").orElseThrow();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit-vs-detach", // a condition
        "bind-pasids-disjoint", // options of groups
        "bind-denied", // processes of users
        "fail-nth-two-binds", // a call that fails
        "fail-any-two-binds", // any call that fails
        "slub-stale-fork" // memory that comes back
      })
  void isTheSame(String name) throws Exception {
    Scenario scenario = DriverTest.scenario(name);

    assertThat(compiled(ProgramWriter.source(FIXED, scenario)))
        .isEqualTo(ProgramWriter.bare(scenario));
  }

  @Test
  void thereIsASourceForEachScenario() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(CATALOGUE)) {
      files = walk.filter(file -> file.toString().endsWith(".litmus")).toList();
    }

    assertThat(files)
        .isNotEmpty()
        .allSatisfy(
            file -> {
              ParseResult result = ScenarioParser.parseFile(file, Variants.names());
              assertThat(ProgramWriter.source(FIXED, result.scenario()))
                  .contains("Driver.run(new dev.mmexit.variant.Fixed(), scenario());");
            });
  }

  private Object compiled(String source) throws Exception {
    Path file = Files.writeString(folder.resolve("Program.java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-d", folder.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Method scenario = loader.loadClass(ProgramWriter.CLASS).getDeclaredMethod("scenario");
      scenario.setAccessible(true);
      return scenario.invoke(null);
    }
  }
}
