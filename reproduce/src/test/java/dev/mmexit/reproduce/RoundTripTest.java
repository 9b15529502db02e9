package dev.mmexit.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.reproduce.search.Outcome;
import dev.mmexit.reproduce.search.Reproduction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kernel would print of a finding is reproduced to the same finding. */
class RoundTripTest {
  private static final Pattern NUMBERS = Pattern.compile("\\b[A-Z]\\d+\\b");

  /** Of the lists and pointers of a race a kernel tells the address alone. */
  private static final Pattern FIELD = Pattern.compile("^.* in ");

  private static final Pattern FUNCTION = Pattern.compile("in (\\w+)\\(\\)");

  static List<String> scenarios() {
    return Explored.V2.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyFindingIsFoundAgain(String scenario) throws IOException, UnusableReport {
    int number = 0;
    for (Finding finding : Explored.V2.result(scenario).findings()) {
      Optional<String> report = KernelPrinter.print(finding);
      if (report.isPresent()) {
        Spoiler spoiler = spoilers().get(number++ % spoilers().size());
        String text = spoiler.spoil(report.get());
        Reproduction shown = search(text).reproduction();
        assertThat(shown).as(scenario + ", " + finding.message() + "\n" + text).isNotNull();
        assertThat(told(shown.match().finding()))
            .as(scenario + ", " + finding.message() + "\n" + text)
            .isEqualTo(told(finding));
      }
    }
  }

  /**
   * What a report tells of a finding: all but the names of the objects, and some of their types.
   */
  private static String told(Finding finding) {
    if (finding.kind() == FindingKind.USE_AFTER_FREE || finding.kind() == FindingKind.DOUBLE_FREE) {
      // Of an object a kernel tells who allocated and who freed it.
      List<String> functions = new ArrayList<>();
      Matcher function = FUNCTION.matcher(finding.message());
      while (function.find()) {
        functions.add(function.group(1));
      }
      return finding.kind() + " " + functions;
    }
    if (finding.kind() == FindingKind.LIST_CORRUPTION) {
      // Of an entry a kernel tells the address alone.
      String function = finding.place().substring(0, finding.place().indexOf(' '));
      return function + finding.message().substring(finding.message().lastIndexOf(':'));
    }
    String place = NUMBERS.matcher(finding.place()).replaceAll("");
    if (finding.kind() == FindingKind.DATA_RACE) {
      place = FIELD.matcher(place).replaceFirst("");
    }
    return finding.kind() + " " + place;
  }

  /** A test of nothing would pass as well. */
  @Test
  void everyKindThatAKernelPrintsIsAmongThem() {
    Set<FindingKind> printed = EnumSet.noneOf(FindingKind.class);
    Set<String> silent = new TreeSet<>();
    for (String scenario : Explored.V2.names()) {
      for (Finding finding : Explored.V2.result(scenario).findings()) {
        if (KernelPrinter.print(finding).isPresent()) {
          printed.add(finding.kind());
        } else {
          silent.add(finding.kind().label());
        }
      }
    }
    assertThat(printed)
        .containsExactlyInAnyOrder(
            FindingKind.DEADLOCK,
            FindingKind.USE_AFTER_FREE,
            FindingKind.DOUBLE_FREE,
            FindingKind.DATA_RACE,
            FindingKind.LIST_CORRUPTION,
            FindingKind.NULL_DEREFERENCE,
            FindingKind.LOCK_MISUSE);
    // Properties of what is left at the end, what devices do, and a walk that does not end.
    assertThat(silent)
        .contains("dangling-translation", "leaked-bond", "stale-mm")
        .isSubsetOf(
            "dangling-translation",
            "duplicate-pasid",
            "leaked-bond",
            "leaked-sva-param",
            "list-corruption",
            "memory-leak",
            "missing-bond",
            "pasid-split",
            "stale-mm",
            "use-after-free",
            "wrong-access");
  }

  @ParameterizedTest
  @MethodSource("spoilers")
  void whatWasDoneToALogMakesNoDifference(Spoiler spoiler) throws IOException, UnusableReport {
    for (String scenario : List.of("exit-vs-detach", "close-vs-unbind", "exec-vs-pin")) {
      for (Finding finding : Explored.V2.result(scenario).findings()) {
        String report = KernelPrinter.print(finding).orElse("");
        if (!report.isEmpty()) {
          assertThat(read(spoiler.spoil(report)).report().threads())
              .isEqualTo(read(report).report().threads());
        }
      }
    }
  }

  static List<Spoiler> spoilers() {
    return List.of(Spoiler.values());
  }

  private static Outcome search(String text) throws IOException, UnusableReport {
    return Explored.V2.search(read(text).query());
  }

  private static LogReader.Reading read(String text) throws IOException, UnusableReport {
    return LogReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "report", 0);
  }
}
