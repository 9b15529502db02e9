package dev.mmexit.lincheck;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * What a run has to tell Lincheck, and for which there is no public way.
 *
 * <p>A run is in a section that Lincheck ignores but for the calls of {@link Schedule}: it would
 * look at each access of the JDK's collections otherwise, which takes ten times as long as all the
 * rest. And once nothing depends on the choices of an execution any more, Lincheck is not to try
 * the others: it tries each order in which threads can end.
 */
final class Analysis {
  private static final String STRATEGY =
      "org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingStrategy";

  private static final MethodHandle CURRENT;
  private static final MethodHandle LEAVE;
  private static final MethodHandle RESTORE;
  private static final MethodHandle TRACKER;
  private static final MethodHandle INTERLEAVING;
  private static final MethodHandle ADDS_CHOICES;

  static {
    try {
      // The agent puts it there: it is on no class path.
      Class<?> descriptor = Class.forName("sun.nio.ch.lincheck.ThreadDescriptor", false, null);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      CURRENT =
          lookup
              .findStatic(
                  descriptor, "getCurrentThreadDescriptor", MethodType.methodType(descriptor))
              .asType(MethodType.methodType(Object.class));
      LEAVE =
          lookup
              .findVirtual(
                  descriptor, "saveAndResetIgnoredSectionDepth", MethodType.methodType(int.class))
              .asType(MethodType.methodType(int.class, Object.class));
      RESTORE =
          lookup
              .findVirtual(
                  descriptor,
                  "restoreIgnoredSectionDepth",
                  MethodType.methodType(void.class, int.class))
              .asType(MethodType.methodType(void.class, Object.class, int.class));
      TRACKER =
          lookup
              .findVirtual(
                  descriptor,
                  "getEventTracker",
                  MethodType.methodType(
                      Class.forName("sun.nio.ch.lincheck.EventTracker", false, null)))
              .asType(MethodType.methodType(Object.class, Object.class));
      Field interleaving = field(STRATEGY, "currentInterleaving");
      INTERLEAVING =
          MethodHandles.lookup()
              .unreflectGetter(interleaving)
              .asType(MethodType.methodType(Object.class, Object.class));
      ADDS_CHOICES =
          MethodHandles.lookup()
              .unreflectSetter(field(interleaving.getType().getName(), "shouldAddNewSwitchPoints"))
              .asType(MethodType.methodType(void.class, Object.class, boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Analysis() {}

  private static Field field(String className, String name) throws ReflectiveOperationException {
    Field field = Class.forName(className).getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** From here on there is one way for the execution to go on, whichever it is. */
  static void endChoices() {
    try {
      Object descriptor = CURRENT.invokeExact();
      Object tracker = TRACKER.invokeExact(descriptor);
      Object interleaving = INTERLEAVING.invokeExact(tracker);
      ADDS_CHOICES.invokeExact(interleaving, false);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code call} with the analysis on. */
  static void on(Runnable call) {
    try {
      Object descriptor = CURRENT.invokeExact();
      int depth = (int) LEAVE.invokeExact(descriptor);
      try {
        call.run();
      } finally {
        RESTORE.invokeExact(descriptor, depth);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
