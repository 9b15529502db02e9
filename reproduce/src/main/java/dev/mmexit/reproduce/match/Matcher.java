package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.reproduce.read.Role;
import dev.mmexit.reproduce.read.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares findings with a query. */
public final class Matcher {
  private static final int OF_KIND = 40;
  private static final int NEAR_KIND = 15;
  private static final int FOR_FRAMES = 60;
  private static final int FOR_DIFFERENCE = 10;

  private final Query query;
  private final Model model;

  /** A matcher of one query. */
  public Matcher(Query query, Model model) {
    this.query = query;
    this.model = model;
  }

  /** How far a finding is what is looked for; empty where it is of another kind altogether. */
  public Optional<Match> match(Finding finding) {
    Symptom symptom = query.report().symptom();
    boolean ofKind = Flavour.kinds(symptom).contains(finding.kind());
    if (!ofKind && !Flavour.near(symptom).contains(finding.kind())) {
      return Optional.empty();
    }
    Parties parties = new Parties(finding, model);
    Map<Role, List<Integer>> byRole = new LinkedHashMap<>();
    for (int i = 0; i < query.places().size(); i++) {
      if (query.places().get(i).isModelled()) {
        byRole
            .computeIfAbsent(query.places().get(i).thread().role(), unknown -> new ArrayList<>())
            .add(i);
      }
    }
    Result result = new Result();
    byRole.forEach((role, places) -> assign(role, places, parties.of(role), result));
    if (result.matched == 0) {
      return Optional.empty();
    }
    if (!ofKind) {
      result.differences.add("it is a " + finding.kind().label());
    } else {
      Flavour.difference(query.report(), finding).ifPresent(result.differences::add);
      Flavour.stopsBefore(symptom, finding.kind()).ifPresent(result::stopsBefore);
    }
    return Optional.of(result.match(finding, ofKind));
  }

  /** The best match among findings. */
  public Optional<Match> best(List<Finding> findings) {
    return findings.stream().flatMap(finding -> match(finding).stream()).min(Match.BEST_FIRST);
  }

  private void assign(Role role, List<Integer> places, List<Party> parties, Result result) {
    if (parties.isEmpty() && (role == Role.FREED || role == Role.ALLOCATED)) {
      // The finding does not say: it was done before anything of the model was entered.
      return;
    }
    Assignment best = new Search(places, parties).best();
    for (int i = 0; i < places.size(); i++) {
      Place place = query.places().get(places.get(i));
      int at = best.party(i);
      if (at < 0) {
        result.asked += place.functions().size();
        result.differences.add("nobody is at the place of " + Query.who(place.thread()));
      } else {
        result.add(places.get(i), parties.get(at), Comparison.of(place, parties.get(at)));
      }
    }
  }

  /** Which party each place is; -1 for none. */
  private record Assignment(List<Integer> parties, int value) {
    int party(int place) {
      return parties.get(place);
    }
  }

  /** Tries every assignment: there are a few threads only. */
  private final class Search {
    private final int[][] values;
    private final int parties;

    Search(List<Integer> places, List<Party> parties) {
      this.parties = parties.size();
      values = new int[places.size()][parties.size()];
      for (int i = 0; i < places.size(); i++) {
        for (int j = 0; j < parties.size(); j++) {
          values[i][j] = value(query.places().get(places.get(i)), parties.get(j));
        }
      }
    }

    Assignment best() {
      return best(0, new HashSet<>(), new HashMap<>());
    }

    private Assignment best(int place, Set<Integer> used, Map<String, Assignment> known) {
      if (place == values.length) {
        return new Assignment(List.of(), 0);
      }
      String state = place + " " + used;
      Assignment before = known.get(state);
      if (before != null) {
        return before;
      }
      List<Assignment> all = new ArrayList<>();
      for (int party = 0; party < parties; party++) {
        if (values[place][party] > 0 && used.add(party)) {
          all.add(with(party, values[place][party], best(place + 1, used, known)));
          used.remove(party);
        }
      }
      all.add(with(-1, 0, best(place + 1, used, known)));
      Assignment best = all.stream().max(Comparator.comparingInt(Assignment::value)).orElseThrow();
      known.put(state, best);
      return best;
    }

    private static Assignment with(int party, int value, Assignment rest) {
      List<Integer> parties = new ArrayList<>(List.of(party));
      parties.addAll(rest.parties());
      return new Assignment(parties, value + rest.value());
    }

    /** What an assignment is worth; 0 where the two have nothing in common. */
    private static int value(Place place, Party party) {
      Comparison compared = Comparison.of(place, party);
      if (compared.matched() == 0) {
        return 0;
      }
      int exact = compared.differences().isEmpty() ? 10_000 : 0;
      int asked = 1000 * compared.matched() / Math.max(1, compared.asked());
      return exact
          + asked
          - 20 * compared.differences().size()
          - compared.inlined()
          - (compared.direct() ? 5 : 0)
          - (compared.otherWay() ? 100 : 0)
          + (compared.sure() ? 2 : 0)
          + 50;
    }
  }

  /** What comes together. */
  private static final class Result {
    private final Map<Integer, String> parties = new HashMap<>();
    private final Set<String> differences = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private int matched;
    private int asked;
    private boolean direct;
    private boolean inlined;
    private boolean otherWay;
    private boolean before;

    void add(int place, Party party, Comparison compared) {
      parties.put(place, party.name());
      differences.addAll(compared.differences());
      notes.addAll(compared.notes());
      matched += compared.matched();
      asked += compared.asked();
      direct |= compared.direct();
      inlined |= compared.inlined() > 0 && !compared.sure();
      otherWay |= compared.otherWay();
    }

    void stopsBefore(String sentence) {
      before = true;
      notes.add(sentence);
    }

    Match match(Finding finding, boolean ofKind) {
      int score =
          (ofKind ? OF_KIND : NEAR_KIND)
              + FOR_FRAMES * matched / Math.max(1, asked)
              - FOR_DIFFERENCE * Math.max(0, differences.size() - (matched < asked ? 1 : 0));
      return new Match(
          finding,
          parties,
          quality(),
          Math.max(0, Math.min(100, score)),
          List.copyOf(differences),
          List.copyOf(notes));
    }

    private Match.Quality quality() {
      if (!differences.isEmpty()) {
        return Match.Quality.NEAR;
      }
      if (otherWay) {
        return Match.Quality.OTHER_WAY;
      }
      if (before) {
        return Match.Quality.BEFORE;
      }
      if (inlined) {
        return Match.Quality.INLINED;
      }
      return direct ? Match.Quality.DIRECT : Match.Quality.FULL;
    }
  }
}
