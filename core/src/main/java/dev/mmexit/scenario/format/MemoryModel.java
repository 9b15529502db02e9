package dev.mmexit.scenario.format;

/** What becomes of freed memory. */
public enum MemoryModel {
  /** It is never handed out again, and any use of it is reported. */
  KASAN("kasan"),
  /** It is handed out again, last in first out, so that an address can come back. */
  SLUB("slub");

  private final String label;

  MemoryModel(String label) {
    this.label = label;
  }

  /** The name in a scenario and on the command line, as {@code slub}. */
  public String label() {
    return label;
  }
}
