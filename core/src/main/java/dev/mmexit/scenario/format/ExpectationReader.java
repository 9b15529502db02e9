package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.grammar.LitmusParser.ExpectationContext;
import dev.mmexit.scenario.grammar.LitmusParser.KindNameContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;

/** Reads and checks the {@code expect} clauses. */
final class ExpectationReader {
  private static final String CLEAN = "clean";

  private final Set<String> knownVariants;
  private final Diagnostics diagnostics;
  private final Map<String, Expectation> expectations = new LinkedHashMap<>();

  ExpectationReader(Set<String> knownVariants, Diagnostics diagnostics) {
    this.knownVariants = knownVariants;
    this.diagnostics = diagnostics;
  }

  /** What was read so far, by variant. */
  Map<String, Expectation> expectations() {
    return expectations;
  }

  void read(ExpectationContext clause) {
    Set<FindingKind> kinds = kinds(clause.kindName());
    if (clause.variantName() == null || clause.variantName().exception != null) {
      return;
    }
    Token variant = clause.variantName().getStart();
    String name = variant.getText();
    if (!knownVariants.contains(name)) {
      diagnostics.add(
          variant,
          Words.quote(name)
              + " is not a variant"
              + Nearest.of(name, new TreeSet<>(knownVariants))
                  .map(nearest -> " (the nearest is " + nearest + ")")
                  .orElse("")
              + ", expected "
              + Words.anyOf(List.copyOf(new TreeSet<>(knownVariants))));
    }
    Position position = Position.of(clause.getStart());
    Expectation earlier = expectations.putIfAbsent(name, new Expectation(name, kinds, position));
    if (earlier != null) {
      diagnostics.add(
          variant,
          "what "
              + name
              + " shows is said at "
              + earlier.position()
              + " already, expected one 'expect' for each variant");
    }
  }

  private Set<FindingKind> kinds(List<KindNameContext> names) {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (KindNameContext name : names) {
      if (name.exception != null) {
        continue;
      }
      String label = name.getText();
      Optional<FindingKind> kind = FindingKind.parse(label);
      if (kind.isPresent()) {
        if (!kinds.add(kind.get())) {
          diagnostics.add(name.getStart(), label + " is named twice, expected each kind once");
        }
      } else if (!label.equals(CLEAN)) {
        diagnostics.add(
            name.getStart(), Words.quote(label) + " is not a finding kind, expected " + known());
      } else if (names.size() > 1) {
        diagnostics.add(name.getStart(), "clean means no finding, expected it alone or not at all");
      }
    }
    return kinds;
  }

  private static String known() {
    return Words.anyOf(Arrays.stream(FindingKind.values()).map(FindingKind::label).toList())
        + ", or clean alone";
  }
}
