package dev.mmexit.explorer.engine;

import org.jspecify.annotations.Nullable;

/** The accesses to one field in this execution, as far as a data race needs them. */
final class FieldUse {
  private static final int NOBODY = -1;

  private int writer = NOBODY;
  private int writeTime;
  private int reader = NOBODY;
  private int readTime;

  /** The last read of each context, where there are several. */
  private @Nullable Clock reads;

  /** What a context knows that synchronises on this field. */
  private @Nullable Clock sync;

  private long execution;

  /** The step whose state tells of the use, and whether of a write. */
  private long toldIn;

  private boolean toldWrite;

  /** Forgets the accesses of earlier executions. */
  void enter(long now) {
    if (execution != now) {
      execution = now;
      clear();
    }
  }

  /** Notes that the state tells of a use; whether it did not yet. */
  boolean tell(ControlledContext context, boolean write) {
    boolean already = toldIn == context.step() && (toldWrite || !write);
    toldIn = context.step();
    toldWrite |= write;
    if (!already) {
      toldWrite = write;
    }
    return !already;
  }

  /** Takes {@link #tell} back; whether the state told of a use in this step. */
  boolean untell(ControlledContext context) {
    boolean told = toldIn == context.step();
    toldIn = 0;
    return told;
  }

  void clear() {
    writer = NOBODY;
    reader = NOBODY;
    reads = null;
    sync = null;
  }

  /** Notes a read; whether a write is unordered with it. */
  boolean read(ControlledContext context) {
    Clock clock = context.clock();
    int index = context.index();
    int time = clock.get(index);
    boolean race = writer != NOBODY && writer != index && writeTime > clock.get(writer);
    if (reads != null) {
      reads.set(index, time);
    } else if (reader == NOBODY || reader == index || readTime <= clock.get(reader)) {
      reader = index;
      readTime = time;
    } else {
      Clock both = new Clock();
      both.set(reader, readTime);
      both.set(index, time);
      reads = both;
    }
    return race;
  }

  /** Notes a write; whether another access is unordered with it. */
  boolean write(ControlledContext context) {
    Clock clock = context.clock();
    int index = context.index();
    boolean race =
        (writer != NOBODY && writer != index && writeTime > clock.get(writer))
            || (reads != null
                ? !reads.isBefore(clock)
                : reader != NOBODY && reader != index && readTime > clock.get(reader));
    writer = index;
    writeTime = clock.get(index);
    reader = NOBODY;
    reads = null;
    return race;
  }

  /** The context learns what was released here. */
  void acquire(ControlledContext context) {
    context.clock().join(sync);
  }

  /** Others that acquire here learn what the context knows. */
  void release(ControlledContext context) {
    Clock known = sync;
    if (known == null) {
      known = new Clock();
      sync = known;
    }
    known.join(context.clock());
    context.clock().tick(context.index());
  }
}
