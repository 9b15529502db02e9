package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.LoadResult;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.reproduce.match.Flavour;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue's scenarios, those first that are likely to show what is looked for. */
public final class Catalogue implements Stage {
  private static final String SUFFIX = ".litmus";

  private final List<Candidate> candidates;

  private Catalogue(List<Candidate> candidates) {
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Reads a folder of scenarios.
   *
   * @param folder the folder; null for the copy in this program
   * @throws IOException where it cannot be read, or one of the scenarios cannot: in one sentence
   */
  public static Catalogue read(
      @Nullable Path folder,
      CheckerFacade checker,
      @Nullable MemoryModel memory,
      Query query,
      String variant)
      throws IOException {
    if (folder != null) {
      return read(folder, checker, memory, true).ordered(query, variant);
    }
    URL resource = Catalogue.class.getResource("/dev/mmexit/reproduce/catalogue");
    if (resource == null) {
      throw new IOException("this program has no catalogue in it");
    }
    try {
      URI uri = resource.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return read(Path.of(uri), checker, memory, false).ordered(query, variant);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.provider().getPath(uri), checker, memory, false).ordered(query, variant);
      }
    } catch (URISyntaxException e) {
      throw new IOException("the catalogue in this program cannot be found: " + resource, e);
    }
  }

  /** Those of them that are wanted, in the same order. */
  public Catalogue only(Predicate<Candidate> wanted) {
    return new Catalogue(candidates.stream().filter(wanted).toList());
  }

  private static Catalogue read(
      Path folder, CheckerFacade checker, @Nullable MemoryModel memory, boolean files)
      throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Path file : files(folder)) {
      LoadResult result = checker.load(file, memory);
      if (result instanceof LoadResult.Rejected rejected) {
        throw new IOException(rejected.diagnostics().get(0));
      }
      LoadedScenario loaded = ((LoadResult.Loaded) result).scenario();
      candidates.add(new Candidate(loaded, files ? file.toString() : ""));
    }
    return new Catalogue(candidates);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private Catalogue ordered(Query query, String variant) {
    List<Candidate> ordered = new ArrayList<>(candidates);
    ordered.sort(
        Comparator.comparingInt((Candidate candidate) -> expectation(candidate, query, variant))
            .thenComparingInt(
                candidate -> Entries.unexplained(query, candidate.scenario().scenario()))
            .thenComparingInt(candidate -> Entries.skipped(query, candidate.scenario().scenario()))
            .thenComparingInt(candidate -> size(candidate.scenario().scenario()))
            .thenComparing(candidate -> candidate.scenario().name()));
    return new Catalogue(ordered);
  }

  /** Those first that say of themselves that they show something of the kind. */
  private static int expectation(Candidate candidate, Query query, String variant) {
    Optional<List<String>> expected = candidate.scenario().expected(variant);
    if (expected.isEmpty()) {
      return 1;
    }
    boolean ofKind =
        Flavour.kinds(query.report().symptom()).stream()
            .anyMatch(kind -> expected.get().contains(kind.label()));
    return ofKind ? 0 : 2;
  }

  private static int size(Scenario scenario) {
    int operations = scenario.threads().stream().mapToInt(thread -> thread.steps().size()).sum();
    return 100 * scenario.threads().size() + 10 * operations + scenario.setup().size();
  }

  @Override
  public String name(long scenarios) {
    return (scenarios == 1 ? "scenario" : "scenarios") + " of the catalogue";
  }

  @Override
  public Iterator<Candidate> candidates() {
    return candidates.iterator();
  }
}
