package dev.mmexit.reproduce.search;

/** Is told how far a search is. */
public interface SearchListener {
  /** Listens to nothing. */
  SearchListener NONE =
      new SearchListener() {
        @Override
        public void searching(String stage, long done) {}

        @Override
        public void proved(String sentence) {}
      };

  /**
   * How far it is by now.
   *
   * @param stage what is being searched
   * @param done how many scenarios of it have been explored
   */
  void searching(String stage, long done);

  /** A stage is over, and it is known what is not reachable: said in a sentence. */
  void proved(String sentence);
}
