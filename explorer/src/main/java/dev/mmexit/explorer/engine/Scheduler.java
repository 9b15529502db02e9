package dev.mmexit.explorer.engine;

import dev.mmexit.explorer.coroutine.Coroutine;
import dev.mmexit.explorer.coroutine.Coroutines;
import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.Mix;
import dev.mmexit.kernel.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of an execution, of which one runs at a time: at scheduling points the {@link
 * Chooser} says who goes on. Keeps what the contexts add to the fingerprint of the state.
 */
final class Scheduler {
  private final Coroutines coroutines;
  private final Steps listener;
  private final Trail trail;
  private final List<ControlledContext> contexts = new ArrayList<>();
  private final List<ControlledContext> contextsView = Collections.unmodifiableList(contexts);

  /** What the edges of the state graph call the contexts that executions start. */
  private final Map<Long, String> labels = new HashMap<>();

  /** The names of contexts that executions start, by kind and number. */
  private final Map<String, List<String>> names = new HashMap<>();

  private ControlledContext current;
  private Supplier<@Nullable ControlledContext> chooser = () -> null;
  private @Nullable ControlledContext next;
  private @Nullable ControlledContext stepper;
  private @Nullable KernelBug bug;
  private long steps;

  /** The number of {@link #steps} at the last scheduling point. */
  private long stepsBefore;

  /** How many contexts have not taken their first step. */
  private int starting;

  /** Whether no context executes. */
  private boolean deciding = true;

  private long local0;
  private long local1;

  /** Hears how an execution goes. */
  interface Steps {
    /** Somebody was chosen, or nobody; who goes on stands before this operation. */
    void begins(@Nullable Cell cell, @Nullable Op op);

    /** A context has begun: what it waited for to start has come. */
    void started(ControlledContext context, @Nullable Cell cell, @Nullable Op op);

    /** A context has begun once more, to be brought to where it was. */
    void startedAgain(ControlledContext context, @Nullable Cell cell, @Nullable Op op);

    /** The current context has met an error, which ends the execution once it is chosen again. */
    void foundBefore(ControlledContext context, KernelBug found);
  }

  Scheduler(Coroutines coroutines, ControlledContext first, Steps listener, Trail trail) {
    this.trail = trail;
    this.coroutines = coroutines;
    this.current = first;
    this.listener = listener;
  }

  /** Every context of this execution, in the order of creation. */
  List<ControlledContext> contexts() {
    return contextsView;
  }

  ControlledContext current() {
    return current;
  }

  void runAs(ControlledContext context) {
    current = context;
  }

  /** Forgets the contexts of the last execution. */
  void reset() {
    for (ControlledContext context : contexts) {
      context.end();
    }
    contexts.clear();
    starting = 0;
    local0 = 0;
    local1 = 0;
    begin(null);
  }

  /** Goes back to where the last execution was before a choice: see {@link Trail#back}. */
  void back(int to) {
    share();
    local0 = 0;
    local1 = 0;
    trail.back(to, contexts);
    starting = 0;
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      local0 += context.share0;
      local1 += context.share1;
      if (context.isStarting()) {
        starting++;
      }
    }
    begin(contexts.get(trail.last()));
  }

  private void begin(@Nullable ControlledContext last) {
    deciding = true;
    stepsBefore = steps;
    bug = null;
    stepper = last;
  }

  /**
   * Runs the contexts that were added until the chooser ends it or a bug does.
   *
   * @return the bug that ended it; null where the chooser did
   */
  @Nullable KernelBug run(ControlledEngine engine, Chooser newChooser) {
    chooser = () -> newChooser.choose(engine, stepper);
    ControlledContext go = pick(null);
    while (go != null) {
      current = go;
      next = null;
      Coroutine coroutine = go.coroutine();
      if (coroutine == null) {
        ControlledContext self = go;
        coroutine = coroutines.create(() -> runBody(self));
        go.start(coroutine);
      }
      coroutine.resume();
      if (bug != null) {
        deciding = true;
        return bug;
      }
      go = next;
    }
    return null;
  }

  /** Whether no context executes, but somebody looks at how it is and says who goes on. */
  boolean isDeciding() {
    return deciding;
  }

  /** Adds a context that stands before {@code op} on {@code cell}. */
  ControlledContext add(
      String name,
      String label,
      long key,
      Runnable body,
      Cell cell,
      Op op,
      @Nullable Object argument) {
    ControlledContext context =
        new ControlledContext(contexts.size(), name, label, key, body, new Clock(trail.undo()));
    context.startsAt(cell, op);
    contexts.add(context);
    starting++;
    context.soFar().number(++steps);
    context.pend(cell, op, argument);
    return context;
  }

  /** Has the current context start another one, which knows what it knows. */
  ControlledContext spawn(String kind, Runnable body, Cell cell, Op op, @Nullable Object argument) {
    long key = freshKey();
    current.soFar().matters();
    current.soFar().entangle();
    int number = 0;
    for (ControlledContext context : contexts) {
      if (context.name().startsWith(kind)) {
        number++;
      }
    }
    String label = labels.computeIfAbsent(key, unknown -> kind + " " + Long.toHexString(key));
    ControlledContext context = add(name(kind, number), label, key, body, cell, op, argument);
    context.clock().join(current.clock());
    current.clock().tick(current.index());
    return context;
  }

  /** The name of a context that is one of several of its kind. */
  private String name(String kind, int number) {
    List<String> known = names.computeIfAbsent(kind, unknown -> new ArrayList<>());
    for (int i = known.size(); i <= number; i++) {
      known.add(kind + "/" + i);
    }
    return known.get(number);
  }

  /** A number that no other moment has: where the current context is. */
  long freshKey() {
    return current.observations().position();
  }

  private void runBody(ControlledContext self) {
    if (!self.repeats()) {
      starting--;
      listener.started(self, self.pendingCell(), self.pendingOp());
      self.clock().tick(self.index());
      self.soFar().number(++steps);
      self.proceed();
    } else {
      listener.startedAgain(self, self.startCell(), self.startOp());
    }
    try {
      self.run();
    } catch (KernelBug found) {
      standBefore(self, found);
      return;
    }
    if (self.repeats()) {
      // The error was found at the end of what was told: nothing came after that call.
      standBefore(self, self.past().bug());
      return;
    }
    self.finish();
    next = pick(self);
  }

  /**
   * An error is a step of its own: what a context does after the last thing that others can tell
   * may be as late as they like.
   */
  private void standBefore(ControlledContext self, KernelBug found) {
    if (self.repeats()) {
      bug = self.past().bug();
      self.goesOn();
    } else {
      self.past().add(found);
      listener.foundBefore(self, found);
      giveWay(self);
      bug = found;
    }
    self.unshare();
  }

  /**
   * Who runs next. Contexts that stand before their first step are run up to their first visible
   * operation at once: nobody can see what they do there. But first it is settled whether a call
   * fails, as it may be the last that can: see {@link #choosing}.
   */
  private @Nullable ControlledContext pick(@Nullable ControlledContext self) {
    if (self != null) {
      self.unshare();
    }
    for (int i = 0; starting > 0 && choosing() == null && i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.isStarting() && context.isEnabled()) {
        deciding = false;
        return context;
      }
    }
    deciding = true;
    trail.mark(contexts);
    ControlledContext chosen = chooser.get();
    deciding = chosen == null;
    if (chosen != null) {
      trail.chosen(Choice.taken(chosen));
    }
    stepper = chosen;
    stepsBefore = steps;
    listener.begins(
        chosen == null ? null : chosen.pendingCell(), chosen == null ? null : chosen.pendingOp());
    return chosen;
  }

  /** Returns when the chooser has the context go on; what it stands before is noted already. */
  private void giveWay(ControlledContext me) {
    ControlledContext chosen = pick(me);
    if (chosen != me) {
      next = chosen;
      Coroutine coroutine = me.coroutine();
      if (coroutine != null) {
        coroutine.suspend();
      }
    }
    current = me;
  }

  /**
   * A scheduling point: returns when the chooser lets this context go on.
   *
   * @return the number of the step that begins
   */
  long point(ControlledContext me, Cell cell, Op op, @Nullable Object argument) {
    if (me.repeats()) {
      me.goesOn();
    } else {
      me.pend(cell, op, argument);
      giveWay(me);
    }
    return ++steps;
  }

  /**
   * Who stands before a call that may fail or not; null for nobody. Whether it does is no concern
   * of the others, so it is settled before anybody else goes on.
   */
  @Nullable ControlledContext choosing() {
    for (int i = 0; i < contexts.size(); i++) {
      if (contexts.get(i).isChoosing()) {
        return contexts.get(i);
      }
    }
    return null;
  }

  /** First half of what the contexts add to the fingerprint of the state. */
  long fingerprint0() {
    share();
    return local0;
  }

  /** Second half of what the contexts add to the fingerprint of the state. */
  long fingerprint1() {
    share();
    return local1;
  }

  /** Brings the shares of the contexts in the fingerprint up to date: it is seldom asked for. */
  private void share() {
    for (int i = 0; i < contexts.size(); i++) {
      ControlledContext context = contexts.get(i);
      if (context.isUnshared()) {
        local0 -= context.share0;
        local1 -= context.share1;
        context.share();
        local0 += context.share0;
        local1 += context.share1;
      }
    }
  }

  /**
   * What the step that has just ended used that could turn out to be unordered with the step of
   * another context that is taken next, as a hash; 0 for nothing.
   */
  long tail() {
    long tail = 0;
    for (int i = 0; i < contexts.size(); i++) {
      tail += tail(contexts.get(i));
    }
    return tail;
  }

  /** What of {@link #tail} is of one context. */
  long tail(ControlledContext context) {
    return context.soFar().number() > stepsBefore && context.soFar().tail() != 0
        ? Mix.chain(context.canonicalHash(), context.soFar().tail())
        : 0;
  }
}
