package dev.mmexit.explorer.render;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The formats that there are. */
public final class Renderers {
  private Renderers() {}

  /** All of them, sorted by name. */
  public static List<Renderer> all() {
    return ServiceLoader.load(Renderer.class, Renderer.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Renderer::name))
        .toList();
  }

  /** The one of that name, if there is one. */
  public static Optional<Renderer> find(String name) {
    return all().stream().filter(renderer -> renderer.name().equals(name)).findFirst();
  }
}
