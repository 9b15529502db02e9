package dev.mmexit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A report answered by the launcher as users start it: the start of the program is included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(1)
public class ReproduceBenchmark {
  private static final String LAUNCHER = "mmexit";
  private static final String REPORTS = "reproduce/src/test/resources/reports";

  /** Two hung tasks that the catalogue shows, and a use after free. */
  @Param({"hung-exit-vs-unset.txt", "hung-quoted-wrapped.txt", "kasan-mm-exit-after-release.txt"})
  public String report = "";

  private Path top = Path.of("");

  /** Finds the launcher, at the top of the project. */
  @Setup
  public void findLauncher() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.isExecutable(folder.resolve(LAUNCHER))) {
      folder = folder.getParent();
    }
    find(folder);
  }

  void find(Path folder) {
    top = folder;
  }

  /** Starts it, and waits for its answer. */
  @Benchmark
  public int answer() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            top.resolve(LAUNCHER).toString(),
            "reproduce",
            "--quiet",
            top.resolve(REPORTS).resolve(report).toString());
    int status =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(report + " is not reproduced: status " + status);
    }
    return status;
  }
}
