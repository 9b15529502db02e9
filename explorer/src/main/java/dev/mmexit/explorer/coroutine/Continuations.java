package dev.mmexit.explorer.coroutine;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines on {@code jdk.internal.vm.Continuation} of JDK 21 and later, which needs {@code
 * --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
final class Continuations implements Coroutines {
  private static final @Nullable Handles HANDLES = Handles.find();

  static boolean available() {
    return HANDLES != null;
  }

  @Override
  public Coroutine create(Runnable body) {
    return new OnContinuation(body);
  }

  @Override
  public String kind() {
    return "continuations";
  }

  @Override
  public void close() {
    // Continuations are plain objects: there is nothing to end.
  }

  /** The methods of {@code Continuation}, looked up once so that the compiler can inline them. */
  private static final class Handles {
    private static final @Nullable MethodHandle CREATE;
    private static final @Nullable MethodHandle RUN;
    private static final @Nullable MethodHandle YIELD;

    static {
      MethodHandle create = null;
      MethodHandle run = null;
      MethodHandle yield = null;
      try {
        Class<?> scopeClass = Class.forName("jdk.internal.vm.ContinuationScope");
        Class<?> type = Class.forName("jdk.internal.vm.Continuation");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Object scope =
            lookup
                .findConstructor(scopeClass, MethodType.methodType(void.class, String.class))
                .invoke("mmexit");
        create =
            lookup
                .findConstructor(
                    type, MethodType.methodType(void.class, scopeClass, Runnable.class))
                .bindTo(scope)
                .asType(MethodType.methodType(Object.class, Runnable.class));
        run =
            lookup
                .findVirtual(type, "run", MethodType.methodType(void.class))
                .asType(MethodType.methodType(void.class, Object.class));
        yield =
            lookup
                .findStatic(type, "yield", MethodType.methodType(boolean.class, scopeClass))
                .bindTo(scope)
                .asType(MethodType.methodType(void.class));
      } catch (Throwable absent) {
        // An older JDK, or the package is not exported to us: threads do it then.
        create = null;
      }
      CREATE = create;
      RUN = run;
      YIELD = yield;
    }

    static @Nullable Handles find() {
      return CREATE == null || RUN == null || YIELD == null ? null : new Handles();
    }
  }

  private static final class OnContinuation implements Coroutine {
    private final Object continuation;

    OnContinuation(Runnable body) {
      try {
        continuation = (Object) requireNonNull(Handles.CREATE).invokeExact(body);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public void resume() {
      try {
        requireNonNull(Handles.RUN).invokeExact(continuation);
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public void suspend() {
      try {
        requireNonNull(Handles.YIELD).invokeExact();
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public void abandon() {
      // Nothing refers to the stack any more; the collector takes it.
    }
  }
}
