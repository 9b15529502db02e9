package dev.mmexit.reproduce.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search came to.
 *
 * @param reproduction what shows it; null where nothing did
 * @param nearMisses what comes near, the nearest first; none where something shows it
 * @param searched what was searched, a clause for each stage, in order
 * @param notes what else was learned, a sentence each
 * @param bound what ended the search before it was complete; null where it was complete, or
 *     something was found
 */
public record Outcome(
    @Nullable Reproduction reproduction,
    List<NearMiss> nearMisses,
    List<String> searched,
    List<String> notes,
    @Nullable String bound) {
  public Outcome {
    nearMisses = List.copyOf(nearMisses);
    searched = List.copyOf(searched);
    notes = List.copyOf(notes);
  }
}
