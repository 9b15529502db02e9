package dev.mmexit.explorer.carry;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of a class of the code as posted that a class derived from it has otherwise. */
final class Overrides {
  private Overrides() {}

  /**
   * The methods of {@code posted} that {@code changed} or a class between the two overrides, by
   * name and parameters; null where that cannot be told.
   */
  static @Nullable Map<String, Method> of(Class<?> posted, Class<?> changed) {
    Map<String, Method> overridden = new LinkedHashMap<>();
    for (Class<?> c = changed; c != posted; c = c.getSuperclass()) {
      if (c == null) {
        return null;
      }
      for (Method method : c.getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
          continue;
        }
        Method original = find(posted, method);
        if (original == null) {
          continue; // Nobody but the derived class knows of it.
        }
        if (!Modifier.isPublic(original.getModifiers())
            && !Modifier.isProtected(original.getModifiers())) {
          return null;
        }
        overridden.put(
            original.getName() + Arrays.toString(original.getParameterTypes()), original);
      }
    }
    return overridden;
  }

  /** What a call of {@code method} on an object of {@code posted} would come to. */
  private static @Nullable Method find(Class<?> posted, Method method) {
    Stream<Method> declared =
        Stream.<Class<?>>iterate(posted, Objects::nonNull, Class::getSuperclass)
            .flatMap(c -> Stream.of(c.getDeclaredMethods()));
    return Stream.concat(declared, Stream.of(posted.getMethods()))
        .filter(
            candidate ->
                candidate.getName().equals(method.getName())
                    && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes()))
        .findFirst()
        .orElse(null);
  }
}
