package dev.mmexit.lincheck;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Switches Lincheck's analysis of the calling thread on for the length of a call. A run is in a
 * section that Lincheck ignores but for the calls of {@link Schedule}: it would look at each access
 * of the JDK's collections otherwise, which takes ten times as long as all the rest. There is no
 * public way to do so.
 */
final class Analysis {
  private static final MethodHandle CURRENT;
  private static final MethodHandle LEAVE;
  private static final MethodHandle RESTORE;

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
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Analysis() {}

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
