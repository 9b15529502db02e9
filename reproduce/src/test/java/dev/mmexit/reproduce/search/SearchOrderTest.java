package dev.mmexit.reproduce.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.reproduce.Explored;
import dev.mmexit.reproduce.LogReader;
import dev.mmexit.reproduce.match.Model;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchOrderTest {
  private static final Path FOLDER = Path.of("../scenarios");

  @Test
  void theCopyInTheProgramIsTheFolder() throws Exception {
    Query query = query("hung-exit-vs-unset.txt");
    List<String> files = names(Catalogue.read(FOLDER, Explored.V2, null, query, "v2"));
    List<String> copies = names(Catalogue.read(null, Explored.V2, null, query, "v2"));
    assertThat(copies).isEqualTo(files).hasSizeGreaterThan(200);
  }

  @Test
  void whatTheReportShowsComesFirst() throws Exception {
    assertThat(order("hung-exit-vs-unset.txt").get(0)).isEqualTo("vfio-exit-vs-unset");
    assertThat(order("hung-exec.txt").get(0)).isEqualTo("exec-vs-detach");
    assertThat(order("list-double-add.txt").subList(0, 3)).contains("vfio-set-vs-set-same");
  }

  @Test
  void aFolderWithAnErrorInItIsRefused(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("bad.litmus"), "nothing\n");
    Query query = query("hung-exec.txt");
    assertThatThrownBy(() -> Catalogue.read(folder, Explored.V2, null, query, "v2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.litmus:1:1: ");
  }

  /** A name that has gone from the model would only make a search slower, and be missed. */
  @Test
  void entriesAreFunctionsOfTheModel() throws Exception {
    Set<Class<?>> seen = new HashSet<>();
    Query query = query("hung-exec.txt");
    for (Iterator<Candidate> all =
            Catalogue.read(FOLDER, Explored.V2, null, query, "v2").candidates();
        all.hasNext(); ) {
      Scenario scenario = all.next().scenario().scenario();
      scenario
          .threads()
          .forEach(
              thread ->
                  thread
                      .steps()
                      .forEach(
                          step -> {
                            seen.add(step.operation().getClass());
                            assertThat(Model.get().functions())
                                .containsAll(Entries.of(step.operation()));
                          }));
    }
    assertThat(seen).contains(Operation.Attach.class, Operation.Fault.class, Operation.Pin.class);
  }

  private static List<String> order(String sample) throws Exception {
    return names(Catalogue.read(FOLDER, Explored.V2, null, query(sample), "v2"));
  }

  private static List<String> names(Catalogue catalogue) {
    List<String> names = new ArrayList<>();
    catalogue.candidates().forEachRemaining(one -> names.add(one.scenario().name()));
    return names;
  }

  private static Query query(String sample) throws Exception {
    try (InputStream in = Files.newInputStream(Path.of("src/test/resources/reports", sample))) {
      return LogReader.read(in, sample, 0).query();
    }
  }
}
