package dev.mmexit.reproduce.read;

/** Which part of the kernel made a report: the word for it in results. */
public enum ReportKind {
  HUNG_TASK("hung-task"),
  LOCKDEP("lockdep"),
  KASAN("kasan"),
  KCSAN("kcsan"),
  LIST("list"),
  REFCOUNT("refcount"),
  OOPS("oops");

  private final String label;

  ReportKind(String label) {
    this.label = label;
  }

  /** The word for it in results. */
  public String label() {
    return label;
  }
}
