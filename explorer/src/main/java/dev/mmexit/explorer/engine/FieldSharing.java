package dev.mmexit.explorer.engine;

/** Whether contexts use a field at once. What is known only ever grows. */
final class FieldSharing {
  private final Sharing all;
  private volatile boolean raced;
  private volatile boolean seenByDevice;
  private volatile boolean written;

  FieldSharing(Sharing all) {
    this.all = all;
  }

  /** Notes that two contexts used it, one of them to change it, and nothing ordered the two. */
  void race() {
    if (!raced) {
      raced = true;
      all.change();
    }
  }

  boolean isRaced() {
    return raced;
  }

  /** Notes that some execution changes it. */
  void write() {
    if (!written) {
      written = true;
      all.change();
    }
  }

  boolean isWritten() {
    return written;
  }

  /** Notes that a device reads it, which nothing orders. */
  void device() {
    if (!seenByDevice) {
      seenByDevice = true;
      all.change();
    }
  }

  boolean isSeenByDevice() {
    return seenByDevice;
  }
}
