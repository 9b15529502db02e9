package dev.mmexit.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is no text, or too much of it. */
class UnreadableInputTest {
  private static final Set<String> VARIANTS = Set.of("v2");
  private static final String HEAD = "VFIO t\n{\n process P0\n}\n T0 ;\n r0 = nop ;\n";

  private static List<String> said(byte[] bytes) {
    ParseResult result = ScenarioParser.parse("f", bytes, VARIANTS);
    return result.diagnostics().stream().map(Diagnostic::toString).toList();
  }

  private static List<String> said(String text) {
    return said(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNotUtf8() {
    byte[] bytes = "VFIO t\n\"é? \"\n".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xc3;
    assertThat(said(bytes))
        .containsExactly("f:2:3: byte 0xc3 is not UTF-8, expected text in UTF-8");
    assertThat(said(new byte[] {(byte) 0xff, (byte) 0xfe, 'V', 0}))
        .containsExactly("f:1:1: byte 0xff is not UTF-8, expected text in UTF-8");
  }

  @Test
  void binaryFiles() {
    assertThat(said("VFIO t\n{\n \0\0\0"))
        .containsExactly(
            "f:3:2: the file is binary: it holds a NUL byte, expected a scenario as text");
    assertThat(said(new byte[4096])).hasSize(1);
  }

  @Test
  void largeFilesAreRefusedUnread() {
    byte[] large = new byte[10 << 20];
    assertTimeout(
        Duration.ofSeconds(1),
        () ->
            assertThat(said(large))
                .containsExactly(
                    "f:1:1: the file is larger than 1 MiB, expected a scenario of at most that"
                        + " size"));
  }

  @Test
  void aFileOfTheLargestSizeIsRead() {
    String comment = "(*" + " ".repeat(SourceText.LIMIT - HEAD.length() - 5) + "*)\n";
    assertThat(said(HEAD + comment)).isEmpty();
    assertThat(said(HEAD + comment + " ")).hasSize(1);
  }

  @Test
  void filesThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none.litmus");
    assertThat(ScenarioParser.parseFile(none, VARIANTS).diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(none + ":1:1: the file cannot be read: there is no such file");
    assertThat(ScenarioParser.parseFile(folder, VARIANTS).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("the file cannot be read: it is a directory");
    Path some = Files.writeString(folder.resolve("some.litmus"), HEAD);
    assertThat(ScenarioParser.parseFile(some, VARIANTS).scenario()).isNotNull();
  }

  @Test
  void nestingIsReadUpToItsLimit() {
    assertThat(said(condition(200, "alive(P0)"))).isEmpty();
    assertThat(said(condition(200, "T0:r0 = 0"))).isEmpty();
    assertThat(said(condition(201, "alive(P0)") + "expect v3: clean\n"))
        .containsExactly(
            "f:7:209: the condition is nested too deeply, expected at most 200 levels",
            "f:8:8: 'v3' is not a variant (the nearest is v2), expected v2");
  }

  private static String condition(int depth, String atom) {
    return HEAD + "exists (" + "(".repeat(depth) + atom + ")".repeat(depth) + ")\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "~",
        "~(",
        "(*",
        "{",
        "}\n",
        "|",
        ";",
        "a ",
        "a\n",
        "exists(",
        "@",
        "\"",
        "nop;",
        "r0=nop|",
        "expect v2:clean\n",
        "expect:r0 /\\ ~(",
        "alive(P0) /\\ ",
        "[a=b ",
        "container C\n",
        "exists (exists (",
        "exists(alive(P0))\n"
      })
  void onePieceOverAndOverIsNoTrouble(String piece) {
    String many = piece.repeat(100_000 / piece.length());
    for (String start : List.of("", "VFIO t\n{\n", HEAD, HEAD + "exists (", HEAD + "exists (~")) {
      assertTimeout(
          Duration.ofSeconds(60), () -> assertThat(said(start + many)).doesNotContainNull());
    }
  }
}
