package dev.mmexit.explorer.render;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Programs of this machine, which read what was drawn. */
final class Programs {
  private Programs() {}

  record Run(int status, String output) {}

  /** The program of one of these names on the path, the first that is there. */
  static Optional<Path> find(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(names)
        .flatMap(
            name ->
                Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(path)
                    .map(folder -> Path.of(folder).resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a command to its end. */
  static Run run(Path folder, String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    int status =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    return new Run(status, Files.readString(output));
  }
}
