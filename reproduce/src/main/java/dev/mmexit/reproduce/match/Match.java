package dev.mmexit.reproduce.match;

import dev.mmexit.explorer.result.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How far a finding is what a report tells of.
 *
 * @param finding the finding
 * @param parties for each place of the query that was assigned, by its position, the thread
 * @param quality how good it is
 * @param score from 0 to 100: 40 for a finding of the kind, or 15 for one of a kind near to it; up
 *     to 60 for the functions of the report that its threads are in, in this order; less 10 for
 *     each other difference
 * @param differences why it is not what the report tells of, a clause each; none where it is
 * @param notes what is another way round, and does not matter, a sentence each
 */
public record Match(
    Finding finding,
    Map<Integer, String> parties,
    Quality quality,
    int score,
    List<String> differences,
    List<String> notes) {

  /** The better one first; of equals, the one with less to do. */
  public static final Comparator<Match> BEST_FIRST =
      Comparator.comparing(Match::quality)
          .thenComparing(Comparator.comparingInt(Match::score).reversed())
          .thenComparingInt(match -> match.finding().steps().size());

  /** How good a match is, the best first. */
  public enum Quality {
    /** Every place is the thread's place. */
    FULL,
    /** So it is, but a scenario enters the type1 driver where the report comes from further out. */
    DIRECT,
    /** So it is, if a compiler has made functions part of their callers. */
    INLINED,
    /** It is a use of freed memory, of which what is reported may come. */
    BEFORE,
    /**
     * So it is at the inner end, but a thread has come there another way. The explorer tells of one
     * way to each place, so that this is no reason to say that it cannot be.
     */
    OTHER_WAY,
    /** It is not. */
    NEAR
  }

  public Match {
    parties = Map.copyOf(parties);
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Whether this is what the report tells of. */
  public boolean isExact() {
    return quality != Quality.NEAR;
  }
}
