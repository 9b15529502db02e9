package dev.mmexit.reproduce.match;

import dev.mmexit.reproduce.read.Waits;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of a report beside a thread of a finding.
 *
 * @param matched how many of the place's functions the thread is in, in order
 * @param asked how many there were to compare
 * @param direct whether the report comes from further out than the scenario
 * @param inlined how many functions the thread is in inside of the place's innermost
 * @param otherWay whether only the outer functions differ: the thread came to the place another way
 * @param sure whether what it waits for says that it is the place, whatever was inlined
 * @param differences what speaks against it
 * @param notes what does not
 */
record Comparison(
    int matched,
    int asked,
    boolean direct,
    int inlined,
    boolean otherWay,
    boolean sure,
    List<String> differences,
    List<String> notes) {

  static Comparison of(Place place, Party party) {
    List<String> asked = place.functions();
    List<String> stack = party.stack();
    if (party.partial()) {
      return partial(place, party);
    }
    List<String> differences = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int entry = stack.isEmpty() ? -1 : asked.lastIndexOf(stack.get(stack.size() - 1));
    boolean direct = entry >= 0 && entry < asked.size() - 1;
    if (direct) {
      notes.add(
          "The scenario calls "
              + asked.get(entry)
              + " at once; "
              + Query.who(place.thread())
              + " comes to it by way of "
              + String.join(" <- ", asked.subList(entry + 1, asked.size()))
              + ".");
      asked = asked.subList(0, entry + 1);
    }
    int matched = common(asked, stack);
    boolean otherWay = matched < asked.size() && inner(asked, stack) == matched && matched > 0;
    if (otherWay) {
      notes.add(
          party.name()
              + " comes to "
              + asked.get(matched - 1)
              + " another way than "
              + Query.who(place.thread())
              + ", by way of "
              + String.join(
                  " <- ", stack.subList(stack.indexOf(asked.get(matched - 1)) + 1, stack.size()))
              + ". Of all ways to a place the explorer keeps the shortest.");
    } else if (matched < asked.size()) {
      differences.add(
          party.name()
              + " is in "
              + (stack.isEmpty() ? "nothing" : String.join(" <- ", stack))
              + ", not in "
              + String.join(" <- ", asked));
    }
    int inlined = matched > 0 ? Math.max(0, stack.indexOf(asked.get(0))) : 0;
    boolean named = place.waitsFor() != null && place.waitsFor().equals(party.waitsFor());
    boolean sameWait = place.waits() == party.waits() && place.waits() != Waits.UNKNOWN;
    compareWaits(place, party, differences);
    compareHeld(place, party, direct, differences, notes);
    return new Comparison(
        matched,
        asked.size(),
        direct,
        place.inner() == null ? inlined : 0,
        otherWay,
        named || (sameWait && !place.waits().isLock()),
        differences,
        notes);
  }

  /** Of a thread of which one function is known, that one alone is compared. */
  private static Comparison partial(Place place, Party party) {
    boolean there = !party.stack().isEmpty() && place.functions().containsAll(party.stack());
    return new Comparison(
        there ? 1 : 0,
        1,
        false,
        0,
        false,
        true,
        there
            ? List.of()
            : List.of(Query.who(place.thread()) + " is not in " + String.join(", ", party.stack())),
        List.of());
  }

  private static void compareWaits(Place place, Party party, List<String> differences) {
    if (place.waitsFor() != null
        && party.waitsFor() != null
        && !place.waitsFor().equals(party.waitsFor())) {
      differences.add(
          party.name() + " waits for " + party.waitsFor() + ", not for " + place.waitsFor());
    } else if (place.waits() != Waits.UNKNOWN
        && party.waits() != Waits.UNKNOWN
        && place.waits() != party.waits()) {
      differences.add(
          party.name()
              + " waits for "
              + party.waits().sentence()
              + ", not for "
              + place.waits().sentence());
    }
  }

  private static void compareHeld(
      Place place, Party party, boolean direct, List<String> differences, List<String> notes) {
    for (String lock : place.holds()) {
      if (!party.holds().contains(lock)) {
        if (direct) {
          notes.add(party.name() + " does not hold " + lock + ", which is taken further out.");
        } else {
          differences.add(party.name() + " does not hold " + lock);
        }
      }
    }
  }

  /** How many of the innermost functions asked for the thread is in, in order. */
  private static int inner(List<String> asked, List<String> stack) {
    int at = 0;
    for (String function : stack) {
      if (at < asked.size() && function.equals(asked.get(at))) {
        at++;
      }
    }
    return at;
  }

  /** The length of the longest list of functions that both are in, in this order. */
  private static int common(List<String> asked, List<String> stack) {
    int[] best = new int[stack.size() + 1];
    for (String function : asked) {
      int diagonal = 0;
      for (int i = 1; i <= stack.size(); i++) {
        int above = best[i];
        best[i] = function.equals(stack.get(i - 1)) ? diagonal + 1 : Math.max(best[i], best[i - 1]);
        diagonal = above;
      }
    }
    return best[stack.size()];
  }
}
