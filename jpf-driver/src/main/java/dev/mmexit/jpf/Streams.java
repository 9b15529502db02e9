package dev.mmexit.jpf;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Java PathFinder's library has not. The module {@code jpf} has calls lead to this instead.
 */
final class Streams {
  private Streams() {}

  /** {@link Stream#toList}. */
  @SuppressWarnings("unchecked")
  static <T> List<T> toList(Stream<T> stream) {
    return (List<T>) Collections.unmodifiableList(Arrays.asList(stream.toArray()));
  }
}
