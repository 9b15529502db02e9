package dev.mmexit.reproduce.search;

import java.util.Iterator;

/** A set of scenarios that is searched before the next one is. */
public interface Stage {

  /**
   * What is in it, for a sentence: {@code scenarios of the catalogue}.
   *
   * @param scenarios how many there are
   */
  String name(long scenarios);

  /** The scenarios, in the order in which they are searched. */
  Iterator<Candidate> candidates();
}
