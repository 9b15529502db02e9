package dev.mmexit.kernel;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a world: decides which context goes on at each operation of a primitive, and sees every
 * access to memory. Primitives are written against this once, and the modelled code never sees it.
 */
public abstract class Engine {
  private EventSink sink = EventSink.NONE;
  private boolean recording;
  private @Nullable FaultInjection faults;
  private @Nullable SlabCaches slabs;

  /** The context that executes the caller. */
  public abstract Context current();

  /** A plain read of {@code cell}. */
  protected abstract @Nullable Object read(Cell cell);

  /** A plain write of {@code cell}. */
  protected abstract void write(Cell cell, @Nullable Object value);

  /**
   * Carries out {@link Cell#apply} atomically, once {@link Cell#ready} says so. A context that can
   * never go on is the engine's to report.
   */
  protected abstract @Nullable Object act(Cell cell, Op op, @Nullable Object argument);

  /** Changes a primitive's value from within {@link Cell#apply}, or that of a new cell. */
  protected abstract void replace(Cell cell, @Nullable Object value);

  /** Notes a new struct. */
  protected abstract void allocate(Struct struct);

  /**
   * A number that no other call in this execution gives, and that is the same in every execution
   * that reaches the same state: it stands for the address of an object or names an episode.
   */
  protected abstract long freshKey();

  /** Notes that others can find {@code struct} from now on. */
  protected void publish(Struct struct) {
    // Engines that do not tell private objects from shared ones need not know.
  }

  /** Notes that a device looks at {@code cell}, in an action of the hardware, or an assertion. */
  protected void touch(Cell cell) {
    // Engines that explore need to know what the action depends on; others do not.
  }

  /**
   * Notes that others wait on {@code event} for what the current context does from now on, or that
   * it is done.
   */
  protected void owe(Cell event, boolean owed) {
    // Engines that learn no order of locks need not know.
  }

  /**
   * Notes that the current context comes to a wait for {@code event}, which may be over already.
   *
   * @param released the lock that it gives up while it waits; null for none
   */
  protected void await(Cell event, @Nullable Cell released) {
    // Engines that learn no order of locks need not know.
  }

  /** Called before {@code struct} is freed: others may use or free it first. */
  protected void beforeFree(Struct struct) {
    // On real threads nothing has to be done for that.
  }

  /**
   * Makes an object that memory can point to: what {@code kzalloc} is to C, or the declaration of a
   * local variable. An engine that brings a context to where it was once more gives the object that
   * it has got there, so that everything that a context allocates has to come from here.
   */
  public <T extends Struct> T create(Supplier<T> constructor) {
    return constructor.get();
  }

  /**
   * What is to be seen without any access of C code: what user space knows, or an assertion looks
   * at. An engine that brings a context to where it was once more gives what was seen there, so
   * that all that a context knows has to come from here, or from accesses and operations.
   */
  public <T extends @Nullable Object> T glance(Supplier<T> look) {
    return look.get();
  }

  /** What a pointer points to, which is a glance where memory can come back as something else. */
  final <T> T found(Supplier<T> look) {
    return slabs == null ? look.get() : glance(look);
  }

  /**
   * Whether the current context is being brought to where it was: it executes what it has executed
   * before, is told what it was told then, and leaves memory as it is.
   */
  protected boolean repeats() {
    return false;
  }

  /** Notes that the memory of {@code freed} is given to {@code next}. */
  protected void succeed(Struct freed, Struct next) {
    freed.setSuccessor(next);
  }

  /** Notes that the current context is the last to write {@code flag}. */
  protected void writes(Flag flag) {
    flag.setLastWriter(current());
  }

  /** Notes that {@code struct} is freed. */
  protected abstract void free(Struct struct);

  /**
   * Starts a context: a work item or a callback.
   *
   * @param kind what it is called in reports, numbered as they come
   * @param cell with {@code op} and {@code argument}: what has to be ready before it starts
   */
  protected abstract Context spawn(
      String kind, Cell cell, Op op, @Nullable Object argument, Runnable body);

  /** Opens the frame of a modelled function. */
  protected abstract void enter(String function);

  /**
   * Closes a frame: what was observed in it is forgotten but for {@code result}.
   *
   * @param result the value returned; null also where there is none
   */
  protected abstract void leave(String function, @Nullable Object result);

  /**
   * Whether the body of the function that was entered last is not executed, as the context is being
   * brought to where it was, and that is behind this function: {@link #passOver} then.
   */
  protected boolean passesOver() {
    return false;
  }

  /** Goes on behind the function that was entered last; what it has returned. */
  protected @Nullable Object passOver() {
    throw new IllegalStateException("no function is passed over");
  }

  /** A {@code WARN_ON} fired; the execution goes on. */
  public abstract void warn(@Nullable Struct object, String sentence);

  /**
   * Chooses one of two ways to go on; false where nobody explores both.
   *
   * @param cell what the choice is about
   * @param open whether there is a choice, which depends on the cell
   */
  protected boolean choose(Cell cell, boolean open) {
    return false;
  }

  final void reuse(SlabCaches caches) {
    slabs = caches;
  }

  /** The caches that hand freed memory out again; null where none is. */
  final @Nullable SlabCaches slabs() {
    return slabs;
  }

  /** Whether the memory of a freed object can come back as another one. */
  public final boolean reusesMemory() {
    return slabs != null;
  }

  final void inject(FaultInjection injection) {
    faults = injection;
  }

  /**
   * Whether fault injection has a call fail.
   *
   * @param errno the error, as a negative number, that user space would see: for reports
   * @param about the names of the objects that the call is about
   */
  public final boolean shouldFail(FaultSite site, int errno, String... about) {
    FaultInjection injection = faults;
    if (injection == null || !injection.shouldFail(site, about)) {
      return false;
    }
    tell(Event.Kind.NOTE, site.label() + " fails: " + Errno.name(errno));
    return true;
  }

  /** Reports a call that may sleep where that is not allowed. */
  protected final void checkMaySleep(Cell cell, Op op) {
    Context context = current();
    if (op.kind() == Op.Kind.SLEEPING && context.inAtomic()) {
      throw KernelBug.of(
          FindingKind.LOCK_MISUSE,
          cell.struct(),
          op.text()
              + " of "
              + cell.describe()
              + " may sleep, but "
              + here()
              + (context.holdsSpinlock() ? " holds a spinlock" : " runs in atomic context"));
    }
  }

  /** Where the current context is. */
  public final Place here() {
    Context context = current();
    return new Place(context.name(), context.function());
  }

  /** Runs the body of a modelled function that returns an {@code int}. */
  public final int call(String function, IntSupplier body) {
    enter(function);
    int result = passesOver() ? Int.asInt(passOver()) : body.getAsInt();
    leave(function, result);
    return result;
  }

  /** Runs the body of a modelled function that returns nothing. */
  public final void run(String function, Runnable body) {
    enter(function);
    if (passesOver()) {
      passOver();
    } else {
      body.run();
    }
    leave(function, null);
  }

  /** Runs the body of a modelled function that returns a pointer. */
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the same call has returned
  public final <T extends @Nullable Canonical> T get(String function, Supplier<T> body) {
    enter(function);
    T result = passesOver() ? (T) passOver() : body.get();
    leave(function, result);
    return result;
  }

  /** Has every event told to {@code newSink} from now on; {@link EventSink#NONE} ends it. */
  public final void record(EventSink newSink) {
    sink = newSink;
    recording = newSink != EventSink.NONE;
  }

  /** Whether anyone listens to {@link #tell}. */
  public final boolean isRecording() {
    return recording;
  }

  /** Tells what has just happened, for reports and conformance tests. */
  public final void tell(Event.Kind kind, String text) {
    if (recording) {
      Context context = current();
      sink.accept(new Event(context, kind, context.function(), context.frames().size(), text));
    }
  }
}
