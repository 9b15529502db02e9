package dev.mmexit.kernel;

/**
 * Something that a modelled function did, for reports and conformance tests.
 *
 * @param context who did it
 * @param kind what it was
 * @param function the innermost open function
 * @param depth how many functions are open
 * @param text the action in words, such as {@code mutex_lock iommu->lock}
 */
public record Event(Context context, Kind kind, String function, int depth, String text) {
  /** What an event is about. */
  public enum Kind {
    /** A modelled function was entered. */
    ENTER,
    /** A modelled function returned. */
    LEAVE,
    /** A lock was taken or released, or a wait began or ended. */
    SYNC,
    /** A counter was changed. */
    COUNT,
    /** An object was allocated. */
    ALLOC,
    /** An object was freed. */
    FREE,
    /** A list was changed. */
    LIST,
    /** A field was read. */
    READ,
    /** A field was written. */
    WRITE,
    /** A work item or a callback was queued. */
    SPAWN,
    /** A warning, or a remark of the hardware model. */
    NOTE
  }
}
