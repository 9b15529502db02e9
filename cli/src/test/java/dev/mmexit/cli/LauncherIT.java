package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the top of the project, started as users start it. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("..", "mmexit").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void startsFromAnotherFolderThroughLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);

    Run run = run(System.getProperty("java.home"), link.toString(), "--version");
    Files.delete(link);

    assertThat(run.out()).startsWith("mmexit ");
    assertThat(run.status()).isZero();
  }

  @Test
  void passesExitStatusOn() throws Exception {
    assertThat(run(System.getProperty("java.home"), LAUNCHER.toString(), "--what").status())
        .isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoJavaHome() throws Exception {
    Run run = run(folder.toString(), LAUNCHER.toString(), "--version");

    assertThat(run.err()).contains("MMEXIT_JAVA_HOME").hasLineCount(1);
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void saysOnceThatItIsFasterOnNewerJdk() throws Exception {
    Path home = javaHome("17.0.15");

    assertThat(run(home.toString(), LAUNCHER.toString()).err())
        .contains("21 or newer")
        .hasLineCount(1);
    assertThat(run(home.toString(), LAUNCHER.toString()).err()).isEmpty();
  }

  @Test
  void refusesOldJdk() throws Exception {
    Run run = run(javaHome("11.0.2").toString(), LAUNCHER.toString());

    assertThat(run.err()).contains("Java 11").hasLineCount(1);
    assertThat(run.status()).isEqualTo(2);
  }

  /** A Java home of the given version whose programs do nothing. */
  private Path javaHome(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Run run(String javaHome, String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("MMEXIT_JAVA_HOME", javaHome);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    int status = builder.start().waitFor();
    return new Run(status, Files.readString(out), Files.readString(err));
  }

  private record Run(int status, String out, String err) {}
}
