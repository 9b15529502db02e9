package dev.mmexit.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a {@link Struct}: the unit in which memory is read, written, hashed and checked. A
 * cell holds one immutable value; what may be done with it is up to the subclass.
 */
public abstract class Cell {
  private static final VarHandle VALUE = valueHandle();

  private final Struct struct;
  private final String label;
  private final long key;
  private final int index;
  private @Nullable Object value;

  /** {@link Mix#of} the value, for engines that keep it. */
  private long valueHash;

  /**
   * A zeroed cell of {@code struct}.
   *
   * @param label the field's name in C
   */
  protected Cell(Struct struct, String label) {
    this.struct = struct;
    this.label = label;
    this.key = struct.adopt(this);
    this.index = struct.size() - 1;
  }

  /** The struct that this field is in. */
  public final Struct struct() {
    return struct;
  }

  /** The field's name in C. */
  public final String label() {
    return label;
  }

  /** What stands for this field's address in every execution. */
  public final long key() {
    return key;
  }

  /** The place among the struct's fields, from 0. */
  public final int index() {
    return index;
  }

  /** The field as a kernel developer writes it, such as {@code iommu->lock}. */
  public String expression() {
    return struct.variable().isEmpty() ? label : struct.variable() + "->" + label;
  }

  /** {@link #expression()} with the object's name, such as {@code iommu->lock of C0}. */
  public String describe() {
    String name = struct.name();
    return name.isEmpty() ? expression() : expression() + " of " + name;
  }

  /** The value, unseen by the engine: for engines, reports and checks at rest. */
  public final @Nullable Object peek() {
    return value;
  }

  /** Changes the value, unseen by the engine: for engines only. */
  public final void poke(@Nullable Object newValue) {
    value = newValue;
  }

  /** What stands for the value, where it was written with {@link #poke(Object, long)}. */
  public final long peekHash() {
    return valueHash;
  }

  /**
   * Changes the value, unseen by the engine, together with what stands for it: for engines only.
   */
  public final void poke(@Nullable Object newValue, long newHash) {
    value = newValue;
    valueHash = newHash;
  }

  /** {@link #peek()} for a marked read: what was written before the value was published is seen. */
  public final @Nullable Object peekAcquire() {
    return VALUE.getAcquire(this);
  }

  /** {@link #poke} for a marked write: publishes the value and what was written before. */
  public final void pokeRelease(@Nullable Object newValue) {
    VALUE.setRelease(this, newValue);
  }

  /** The field at the address of this one: see {@link Struct#occupant}. */
  public final Cell resolved() {
    return struct.isAlive() ? this : struct.occupant().cell(index);
  }

  /** A pointer, as the object that is at its address now. */
  final @Nullable Object resolved(@Nullable Object pointer) {
    if (!engine().reusesMemory()) {
      return pointer;
    }
    if (pointer instanceof Struct target) {
      return engine().found(target::occupant);
    }
    if (pointer instanceof ListHead<?> node) {
      return node.resolved();
    }
    return pointer instanceof HlistNode<?> node ? node.resolved() : pointer;
  }

  /** {@link #resolved()} as modelled code finds it. */
  final Cell found() {
    return engine().reusesMemory() ? engine().glance(this::resolved) : this;
  }

  /** Reports a use after free by {@code op}: for engines, before they carry it out. */
  public final void use(Op op) {
    if (!struct.isAlive()) {
      struct.use("used by " + op.text(), this);
    }
  }

  /**
   * Whether a context that stands before {@code op} can take this step: for engines. Where the
   * struct was freed it can, and {@link #use} reports it.
   */
  public final boolean isEnabled(Op op, @Nullable Object argument, Context context) {
    Cell here = resolved();
    return !here.struct.isAlive() || here.ready(op, argument, context);
  }

  /** {@link #peek()} by a device or an assertion: no access of C code, but one to be known of. */
  public final @Nullable Object peekAsDevice() {
    engine().touch(this);
    return glance();
  }

  /** {@link #peek()} by modelled code: see {@link Engine#glance}. */
  protected final @Nullable Object glance() {
    return engine().glance(this::peek);
  }

  /** A plain read. */
  protected final @Nullable Object load() {
    Cell here = live("read");
    return resolved(engine().read(here));
  }

  /** A plain write. */
  protected final void store(@Nullable Object newValue) {
    Cell here = live("written");
    engine().write(here, newValue);
  }

  /** The field at the address of this one, where that is allocated. */
  private Cell live(String how) {
    Cell here = found();
    here.struct.use(how, here);
    return here;
  }

  /** Carries out an operation, waiting until it is ready. */
  protected final @Nullable Object act(Op op, @Nullable Object argument) {
    return resolved(engine().act(found(), op, argument));
  }

  /** The engine that runs this world. */
  protected final Engine engine() {
    return struct.engine();
  }

  /** Changes the value as part of {@link #apply}. */
  protected final void update(@Nullable Object newValue) {
    engine().replace(this, newValue);
  }

  /** Gives the cell of a new object its first value. */
  protected final void initialise(@Nullable Object newValue) {
    engine().replace(this, newValue);
  }

  /**
   * Whether {@link #apply} may run now. Asked of a live object only, between the steps of other
   * contexts.
   */
  public boolean ready(Op op, @Nullable Object argument, Context context) {
    return true;
  }

  /** Carries out one atomic action and returns what the caller learns from it. */
  public @Nullable Object apply(Op op, @Nullable Object argument, Context context) {
    return switch (op) {
      case READ_ONCE -> value;
      case WRITE_ONCE -> {
        update(argument);
        yield null;
      }
      default -> throw new IllegalArgumentException(op + " on " + describe());
    };
  }

  /**
   * What {@link #apply} has done to the context itself, once more: for engines that bring it to
   * where it was.
   */
  public void reapply(Op op, Context context) {
    // Most actions change memory and nothing else.
  }

  /** The contexts that could end a wait for {@code op}: owners, readers, whoever set a flag. */
  public List<Context> blockers(Op op, @Nullable Object argument, Context context) {
    return List.of();
  }

  /** What a context that waits here waits for, in words. */
  public String awaited(Op op, @Nullable Object argument) {
    return expression();
  }

  /**
   * What one of the {@link #blockers} does that others wait for, such as {@code holds iommu->lock};
   * empty where it holds nothing and is only expected to end the wait.
   */
  public String held() {
    return "";
  }

  /**
   * A value of this field in words, for reports; empty where the field is no memory of the kernel.
   */
  public String text(@Nullable Object of) {
    return words(of);
  }

  /** A value that is nothing in particular: a number, a flag or a pointer. */
  static String words(@Nullable Object of) {
    if (of instanceof Context context) {
      return context.name();
    }
    if (of instanceof Struct target) {
      return target.describe();
    }
    if (of instanceof HlistNode<?> node) {
      return node.entry().describe();
    }
    if (of instanceof Integer || of instanceof Boolean) {
      return of.toString();
    }
    return of == null ? "NULL" : "";
  }

  /** Whether this is a lock that {@code context} holds. */
  boolean isHeldBy(Context context) {
    return false;
  }

  private static VarHandle valueHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Cell.class, "value", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
