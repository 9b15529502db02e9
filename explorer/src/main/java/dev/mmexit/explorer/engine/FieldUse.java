package dev.mmexit.explorer.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The accesses to one field in this execution: the last that each context made at each site. None
 * is forgotten for a later one that it happens before, as the site of each that is unordered with
 * one to come is wanted, and not only whether there is one.
 */
final class FieldUse implements Undo.Target {
  /** Where {@link Undo} has no place in {@link #times}. */
  private static final int ADDED = -1;

  private static final int SYNCHRONISED = -2;

  private final Undo undo;
  private int[] contexts = new int[2];
  private int[] sites = new int[2];
  private int[] times = new int[2];
  private boolean[] writes = new boolean[2];
  private int count;

  /** What a context knows that synchronises on this field. */
  private @Nullable Clock sync;

  private long execution;

  /** The step whose state tells of the use, and whether of a write. */
  private long toldIn;

  private boolean toldWrite;

  /**
   * A field that was not used.
   *
   * @param undo takes changes back
   */
  FieldUse(Undo undo) {
    this.undo = undo;
  }

  /** Forgets the accesses of earlier executions. */
  void enter(long now) {
    if (execution != now) {
      execution = now;
      clear();
    }
  }

  /** Notes that the state tells of a use; whether it did not yet. */
  boolean tell(ControlledContext context, boolean write) {
    boolean already = toldIn == context.soFar().number() && (toldWrite || !write);
    toldIn = context.soFar().number();
    toldWrite |= write;
    if (!already) {
      toldWrite = write;
    }
    return !already;
  }

  /** Takes {@link #tell} back; whether the state told of a use in this step. */
  boolean untell(ControlledContext context) {
    boolean told = toldIn == context.soFar().number();
    toldIn = 0;
    return told;
  }

  void clear() {
    count = 0;
    sync = null;
  }

  /**
   * Notes an access.
   *
   * @param field is told of the sites of all accesses that are unordered with it, and of its own
   *     where there is one
   */
  void access(ControlledContext context, int site, boolean write, FieldSharing field) {
    Clock clock = context.clock();
    int index = context.index();
    boolean races = false;
    for (int i = 0; i < count; i++) {
      if (contexts[i] != index && (write || writes[i]) && times[i] > clock.get(contexts[i])) {
        races = true;
        field.race(sites[i]);
      }
    }
    if (races) {
      field.race(site);
    }
    accessAgain(context, site, write);
  }

  /** Notes an access of which it is known what it is unordered with. */
  void accessAgain(ControlledContext context, int site, boolean write) {
    int index = context.index();
    int mine = 0;
    while (mine < count
        && (contexts[mine] != index || sites[mine] != site || writes[mine] != write)) {
      mine++;
    }
    if (mine == count) {
      undo.add(this, ADDED, 0);
      add();
      contexts[mine] = index;
      sites[mine] = site;
      writes[mine] = write;
    } else {
      undo.add(this, mine, times[mine]);
    }
    times[mine] = context.clock().get(index);
  }

  private void add() {
    if (count == contexts.length) {
      int size = count * 2;
      contexts = Arrays.copyOf(contexts, size);
      sites = Arrays.copyOf(sites, size);
      times = Arrays.copyOf(times, size);
      writes = Arrays.copyOf(writes, size);
    }
    count++;
  }

  /** The context learns what was released here. */
  void acquire(ControlledContext context) {
    context.clock().join(sync);
  }

  /** Others that acquire here learn what the context knows. */
  void release(ControlledContext context) {
    Clock known = sync;
    if (known == null) {
      undo.add(this, SYNCHRONISED, 0);
      known = new Clock(undo);
      sync = known;
    }
    known.join(context.clock());
    context.clock().tick(context.index());
  }

  @Override
  public void undo(int place, int time) {
    switch (place) {
      case ADDED -> count--;
      case SYNCHRONISED -> sync = null;
      default -> times[place] = time;
    }
  }
}
