package dev.mmexit.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFileWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");
    AtomicFile.write(file, writer -> writer.write("new"));
    assertThat(file).hasContent("new");
    assertThat(folder)
        .isDirectoryContaining("glob:**/a.json")
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aFailureLeavesTheOldContent() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    writer -> {
                      writer.write("half");
                      throw new IOException("no more room");
                    }))
        .hasMessage("no more room");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a.json");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    AtomicFile.write(link, writer -> writer.write("new"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void aDeviceIsWrittenToAsItIs() throws IOException {
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      AtomicFile.write(device, writer -> writer.write("gone"));
      assertThat(Files.isRegularFile(device)).isFalse();
    }
  }
}
