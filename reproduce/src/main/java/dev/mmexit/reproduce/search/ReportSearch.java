package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.ExplorationOptions;
import dev.mmexit.explorer.LoadedScenario;
import dev.mmexit.explorer.VariantInfo;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.reproduce.match.Flavour;
import dev.mmexit.reproduce.match.Match;
import dev.mmexit.reproduce.match.Matcher;
import dev.mmexit.reproduce.match.Model;
import dev.mmexit.reproduce.match.Query;
import dev.mmexit.reproduce.read.Symptom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Searches stage by stage for a scenario that shows what a report tells of. */
public final class ReportSearch {
  private final CheckerFacade checker;
  private final Query query;
  private final Matcher matcher;
  private final String variant;
  private final Budget budget;
  private final SearchListener listener;

  private final NearMisses nearMisses = new NearMisses();
  private final List<String> searched = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String bound;

  /** What would do, if nothing better comes in its stage. */
  private @Nullable Reproduction fallback;

  private @Nullable Reproduction found;
  private long explored;
  private long bounded;

  /**
   * A search.
   *
   * @param options on which variant; its time is that of the whole search
   * @param nanoTime a clock, as {@link System#nanoTime()}
   */
  public ReportSearch(
      CheckerFacade checker,
      Query query,
      ExplorationOptions options,
      LongSupplier nanoTime,
      SearchListener listener) {
    this.checker = checker;
    this.query = query;
    this.matcher = new Matcher(query, Model.get());
    this.variant = options.variant();
    this.budget = new Budget(options, nanoTime);
    this.listener = listener;
  }

  /** Searches the stages in order, up to the first that shows it. */
  public Outcome search(List<? extends Stage> stages) {
    Flavour.neverShown(query.report().symptom()).ifPresent(notes::add);
    if (!Flavour.kinds(query.report().symptom()).isEmpty()) {
      for (Stage stage : stages) {
        search(stage);
        if (found != null || bound != null) {
          break;
        }
      }
    } else {
      searched.add("nothing: no scenario can show it");
    }
    Reproduction shown = found;
    return new Outcome(
        shown == null ? null : withOtherVariants(shown),
        shown == null ? nearMisses.best() : List.of(),
        searched,
        notes,
        shown == null ? bound : null);
  }

  private void search(Stage stage) {
    explored = 0;
    bounded = 0;
    fallback = null;
    boolean all;
    if (query.report().symptom() == Symptom.CIRCULAR && stage instanceof Catalogue) {
      CycleSearch cycles = new CycleSearch(checker, query, budget, variant);
      all = cycles.run(stage.candidates(), this::visit);
      if (found == null && fallback == null) {
        fallback = cycles.possible().orElse(null);
        notes.addAll(fallback == null ? cycles.dependencies() : List.of());
      }
    } else {
      all = new StageSearch(checker, budget, variant).run(stage.candidates(), this::visit);
    }
    if (found == null) {
      found = fallback;
    }
    String scenarios = stage.name(explored);
    if (found != null) {
      searched.add("the first " + count(explored) + " " + scenarios);
    } else if (all && bounded == 0) {
      String sentence = "all " + count(explored) + " " + scenarios + ": not reachable";
      searched.add(sentence);
      listener.proved(sentence);
    } else {
      searched.add(
          (all ? "" : "the first ")
              + count(explored)
              + " "
              + scenarios
              + ", "
              + count(explored - bounded)
              + " of them completely: not reached");
      bound = all ? "a bound of the exploration" : budget.words();
    }
  }

  private boolean visit(Candidate candidate, ScenarioResult result) {
    explored++;
    listener.searching(candidate.scenario().name(), explored);
    if (!result.complete()) {
      bounded++;
    }
    Optional<Match> best = matcher.best(result.findings());
    if (best.isEmpty()) {
      return true;
    }
    Match match = best.get();
    if (!match.isExact()) {
      nearMisses.add(new NearMiss(candidate.scenario().name(), candidate.file(), match));
      return true;
    }
    Reproduction shown =
        new Reproduction(
            candidate.scenario().scenario(),
            candidate.file(),
            result,
            match,
            null,
            List.of(),
            List.of());
    if (match.quality().compareTo(Match.Quality.DIRECT) > 0) {
      Match before = fallback == null ? null : fallback.match();
      if (before == null || match.quality().compareTo(before.quality()) < 0) {
        fallback = shown;
      }
      return true;
    }
    found = shown;
    return false;
  }

  private Reproduction withOtherVariants(Reproduction shown) {
    Match match = shown.match();
    if (match == null) {
      return shown;
    }
    List<String> also = new ArrayList<>();
    List<String> not = new ArrayList<>();
    Path file = Path.of(shown.scenario().name() + ".litmus");
    for (VariantInfo other : checker.variants()) {
      if (!other.name().equals(variant) && !budget.isSpent()) {
        LoadedScenario loaded = checker.loaded(shown.scenario(), file);
        if (!checker.setUpErrors(loaded, other.name()).isEmpty()) {
          not.add(other.name());
          continue;
        }
        ScenarioResult result =
            checker.check(
                loaded,
                budget.options(other.name(), budget.workers()),
                (states, executions, findings) -> {});
        boolean same = matcher.best(result.findings()).filter(Match::isExact).isPresent();
        if (same) {
          also.add(other.name());
        } else if (result.complete()) {
          not.add(other.name());
        }
      }
    }
    return shown.on(also, not);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
