package dev.mmexit.explorer.render;

import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.ReportingConfiguration;
import com.contrastsecurity.sarif.ReportingDescriptor;
import dev.mmexit.kernel.FindingKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of SARIF documents: a rule for each kind of finding, and two about verdicts. */
final class SarifRules {
  /** An expected finding is not there. */
  static final String MISSING = "missing-finding";

  /** A bound ended the exploration. */
  static final String INCOMPLETE = "incomplete";

  private static final String HOW =
      "Every interleaving of the scenario is run on a model of the kernel's code. The flows are the"
          + " shortest interleaving that shows it; 'mmexit replay' runs it again.";

  private static final List<String> IDS = all().stream().map(ReportingDescriptor::getId).toList();

  private SarifRules() {}

  /** All of them, by index. */
  static Set<ReportingDescriptor> all() {
    Set<ReportingDescriptor> rules = new LinkedHashSet<>();
    for (FindingKind kind : FindingKind.values()) {
      String when =
          kind.whileRunning()
              ? "Looked for at every step."
              : "Looked for once every thread has finished.";
      rules.add(rule(kind.label(), kind.summary(), when + " " + HOW, "concurrency"));
    }
    rules.add(
        rule(
            MISSING,
            "a scenario expects a finding that a complete exploration does not have",
            "The code does better than the scenario's 'expect' line says, or the model lost what"
                + " led to it. If the model is right, change the 'expect' line.",
            "verdict"));
    rules.add(
        rule(
            INCOMPLETE,
            "a bound ended the exploration with nothing wrong up to there",
            "That is no pass: what was left out may show a finding. Raise the bound or drop it.",
            "verdict"));
    return rules;
  }

  /** The index of the rule with that id. */
  static int index(String id) {
    return IDS.indexOf(id);
  }

  private static ReportingDescriptor rule(String id, String summary, String help, String tag) {
    return new ReportingDescriptor()
        .withId(id)
        .withShortDescription(new MultiformatMessageString().withText(sentence(summary)))
        .withHelp(new MultiformatMessageString().withText(sentence(summary) + " " + help))
        .withDefaultConfiguration(
            new ReportingConfiguration().withLevel(ReportingConfiguration.Level.ERROR))
        .withProperties(new PropertyBag().withTags(Set.of(tag)));
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
