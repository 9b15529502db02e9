package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Struct;
import org.jspecify.annotations.Nullable;

/** Hears of each {@code WARN_ON}. */
@FunctionalInterface
public interface WarningSink {
  /** Called in the context in which it fired. */
  void warned(@Nullable Struct object, String sentence);
}
