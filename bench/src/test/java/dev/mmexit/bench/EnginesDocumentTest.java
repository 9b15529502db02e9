package dev.mmexit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables of docs/engines.md are those of docs/engines/*.csv. */
class EnginesDocumentTest {
  private static final Path PAGE = Path.of("../docs/engines.md");
  private static final Path RESULTS = Path.of("../docs/engines");
  private static final String MARK = "<!-- engines -->\n";

  @Test
  void isUpToDate() throws IOException {
    String page = Files.readString(PAGE);
    int end = page.indexOf(MARK) + MARK.length();
    assertThat(end).as("the line %s", MARK).isGreaterThan(MARK.length());
    String text = page.substring(0, end) + EnginesTable.text(RESULTS);
    if (Boolean.getBoolean("mmexit.golden.update")) {
      Files.writeString(PAGE, text);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/engines.md; -Dmmexit.golden.update=true writes it anew")
        .isEqualTo(text);
  }
}
