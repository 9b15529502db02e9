package dev.mmexit.reproduce.read;

/** What a stack of a report says of its task. */
public enum Role {
  /** It does not go on. */
  BLOCKED("blocked"),
  /** It did what the report is about. */
  ACCESS("access"),
  /** It freed the object that is used. */
  FREED("freed"),
  /** It allocated that object. */
  ALLOCATED("allocated"),
  /** It took a lock while it held another: a link of lockdep's chain. */
  TAKES("takes");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /** The word for it in results. */
  public String label() {
    return label;
  }
}
