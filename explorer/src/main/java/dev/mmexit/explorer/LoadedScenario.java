package dev.mmexit.explorer;

import java.nio.file.Path;

/** A scenario that was read without errors: a handle that only the facade which made it can use. */
public interface LoadedScenario {

  /** The file it was read from, as it was given. */
  Path file();

  /** The scenario's name. */
  String name();
}
