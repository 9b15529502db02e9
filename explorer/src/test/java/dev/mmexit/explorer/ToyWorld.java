package dev.mmexit.explorer;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Flag;
import dev.mmexit.kernel.Int;
import dev.mmexit.kernel.ListHead;
import dev.mmexit.kernel.Mutex;
import dev.mmexit.kernel.Ref;
import dev.mmexit.kernel.RefCount;
import dev.mmexit.kernel.RwSemaphore;
import dev.mmexit.kernel.SlabCaches;
import dev.mmexit.kernel.SpinLock;
import dev.mmexit.kernel.Srcu;
import dev.mmexit.kernel.Struct;
import dev.mmexit.kernel.WaitQueue;
import dev.mmexit.kernel.Workqueue;
import dev.mmexit.scenario.AtRest;
import dev.mmexit.scenario.FinalState;
import dev.mmexit.scenario.Host;
import dev.mmexit.scenario.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads that run a few lines on two objects of which each has one field of every kind. */
public final class ToyWorld implements World {
  private final int threads;
  private final Code code;
  private final Engine engine;
  private final Things one;
  private final Things other;

  private ToyWorld(Host host, int threads, int references, boolean reuses, Code setUp, Code code) {
    this.threads = threads;
    this.code = code;
    this.engine = host.engine();
    if (reuses) {
      new SlabCaches(engine, List.of(Things.class));
    }
    this.one = new Things(engine, "one", references);
    this.other = new Things(engine, "other", references);
    setUp.run(one, other, -1);
  }

  /** What a thread does. */
  @FunctionalInterface
  public interface Code {
    /** Runs thread {@code thread}. */
    void run(Things one, Things other, int thread);
  }

  /** A field of every kind. */
  @SuppressWarnings("checkstyle:VisibilityModifier")
  public static final class Things extends Struct {
    public final Mutex a = mutex("a");
    public final Mutex b = mutex("b");
    public final SpinLock spin = spinLock("spin");
    public final Int x = integer("x");
    public final Flag flag = flag("flag");
    public final RefCount refs;
    public final WaitQueue queue = waitQueue("queue");
    public final Ref<Things> next = ref("next");
    public final ListHead<Things> list = listHead("list");
    public final ListHead<Things> node = listNode("node", this);
    public final Mutex c = mutex("c");
    public final RwSemaphore sem = rwSemaphore("sem");
    public final WaitQueue busyQueue = waitQueue("busy_queue");
    public final Flag busy = flag("busy", busyQueue);
    public final Srcu srcu = new Srcu(this, "srcu");
    public final Workqueue work = new Workqueue(this, "work");

    private final Engine engine;

    /** Things in a struct that is allocated. */
    public Things(Engine engine, String name, int references) {
      super(engine, "things", name);
      this.engine = engine;
      nameIt(name);
      refs = refCount("refs", references);
    }

    /** Others, allocated by whoever asks for them. */
    public Things more(String name, int references) {
      return engine.create(() -> new Things(engine, name, references));
    }

    /** What runs this world. */
    public Engine engineOf() {
      return engine;
    }
  }

  /** Worlds with an empty set-up and counters of 100. */
  public static Function<Host, ToyWorld> of(int threads, Code code) {
    return of(threads, 100, (one, other, thread) -> {}, code);
  }

  /** Worlds of {@code threads} threads that all run {@code code}. */
  public static Function<Host, ToyWorld> of(int threads, int references, Code setUp, Code code) {
    return host -> new ToyWorld(host, threads, references, false, setUp, code);
  }

  /** Worlds in which the memory of freed things is used again. */
  public static Function<Host, ToyWorld> reusingMemory(int threads, Code setUp, Code code) {
    return host -> new ToyWorld(host, threads, 100, true, setUp, code);
  }

  @Override
  public List<String> threads() {
    return IntStream.range(0, threads).mapToObj(i -> "T" + i).toList();
  }

  @Override
  public void run(int thread, IntConsumer beforeOperation) {
    beforeOperation.accept(0);
    engine.run("f" + thread, () -> code.run(one, other, thread));
  }

  @Override
  public AtRest atRest() {
    return new AtRest(
        new FinalState(
            new TreeMap<>(
                Map.of(
                    "one.x", one.x.now(),
                    "one.refs", one.refs.now(),
                    "other.x", other.x.now(),
                    "other.refs", other.refs.now())),
            List.of(),
            false),
        List.of());
  }
}
