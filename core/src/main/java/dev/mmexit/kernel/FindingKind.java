package dev.mmexit.kernel;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be wrong with an execution. Every scenario is checked for all of these. */
public enum FindingKind {
  DEADLOCK("deadlock", true, "a thread waits, and nothing that can still run will ever wake it"),
  USE_AFTER_FREE(
      "use-after-free", true, "a freed object was read, written, locked or put on a list"),
  DOUBLE_FREE("double-free", true, "a freed object was freed"),
  LIST_CORRUPTION(
      "list-corruption",
      true,
      "a list's neighbours do not point at each other, an entry was added between itself, or a"
          + " poisoned entry was deleted"),
  NULL_DEREFERENCE("null-dereference", true, "a field of no object was used"),
  REFCOUNT("refcount", true, "a counter was raised from zero or dropped below it"),
  DATA_RACE(
      "data-race",
      true,
      "two threads used a plain field at once, one of them writing, with nothing ordering the two"),
  LOCK_MISUSE(
      "lock-misuse",
      true,
      "a lock was taken again by its owner, released by another or freed while held, or a sleeping"
          + " call was made under a spinlock"),
  DANGLING_TRANSLATION(
      "dangling-translation",
      true,
      "the page tables of an address space are freed while a device can still reach them through"
          + " its PASID"),
  WARNING("warning", true, "a WARN_ON of the modelled code fired"),
  LIVELOCK("livelock", true, "the execution went round without end"),

  STALE_MM("stale-mm", false, "a container lists an address space that has exited"),
  MISSING_BOND(
      "missing-bond",
      false,
      "a container lists a live address space that one of its SVA-capable groups is not bound to"),
  LEAKED_BOND(
      "leaked-bond",
      false,
      "a device is bound to an address space that its container does not list, or its group is in"
          + " no container"),
  PASID_SPLIT(
      "pasid-split",
      false,
      "a device's bond has another PASID than the container's entry for that address space"),
  DUPLICATE_PASID(
      "duplicate-pasid", false, "one address space has two PASIDs, or two live ones share one"),
  LEAKED_SVA_PARAM(
      "leaked-sva-param",
      false,
      "a device whose group is attached to no container still has SVA initialised"),
  WRONG_ACCESS(
      "wrong-access", false, "a device reaches an address space that its container does not list"),
  MEMORY_LEAK("memory-leak", false, "an object is allocated that nothing reaches any more"),
  CONDITION("condition", false, "the final condition does not hold");

  private static final Map<String, FindingKind> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(FindingKind::label, Function.identity()));

  private final String label;
  private final boolean whileRunning;
  private final String summary;

  FindingKind(String label, boolean whileRunning, String summary) {
    this.label = label;
    this.whileRunning = whileRunning;
    this.summary = summary;
  }

  /** The name used in scenarios, in reports and on the command line, as {@code use-after-free}. */
  public String label() {
    return label;
  }

  /** What happened, in one line. */
  public String summary() {
    return summary;
  }

  /**
   * Whether it is seen at the step that does it. The others are looked for once every thread has
   * finished.
   */
  public boolean whileRunning() {
    return whileRunning;
  }

  /** The kind of that label, if there is one. */
  public static Optional<FindingKind> parse(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  @Override
  public String toString() {
    return label;
  }
}
