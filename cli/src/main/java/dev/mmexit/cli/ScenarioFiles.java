package dev.mmexit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The scenario files that arguments name: files as they are, and all {@code *.litmus} files below
 * directories, sorted by path. A file that is named twice is there once.
 */
final class ScenarioFiles {
  private final Map<Path, Path> byRealPath = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Finds the files of all arguments, and everything that is wrong with these. */
  ScenarioFiles(List<Path> arguments) {
    arguments.forEach(this::add);
  }

  /** The files, in the order of the arguments. */
  List<Path> files() {
    return List.copyOf(byRealPath.values());
  }

  /** A sentence for each argument that names no readable file. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void add(Path argument) {
    if (!Files.exists(argument)) {
      problems.add(argument + ": no such file or directory");
    } else if (Files.isDirectory(argument)) {
      addDirectory(argument);
    } else {
      addFile(argument);
    }
  }

  private void addDirectory(Path directory) {
    try (Stream<Path> below = Files.walk(directory)) {
      List<Path> found =
          below
              .filter(file -> file.toString().endsWith(".litmus"))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (found.isEmpty()) {
        problems.add(directory + ": there is no scenario (*.litmus) in this directory");
      }
      found.forEach(this::addFile);
    } catch (IOException e) {
      problems.add(directory + ": " + Problems.of(e));
    } catch (UncheckedIOException e) {
      problems.add(
          e.getCause() instanceof FileSystemException cause
              ? cause.getFile() + ": " + Problems.of(cause)
              : directory + ": " + e.getMessage());
    }
  }

  private void addFile(Path file) {
    if (!Files.isReadable(file)) {
      problems.add(file + ": permission denied");
      return;
    }
    try {
      byRealPath.putIfAbsent(file.toRealPath(), file);
    } catch (IOException e) {
      problems.add(file + ": " + Problems.of(e));
    }
  }
}
