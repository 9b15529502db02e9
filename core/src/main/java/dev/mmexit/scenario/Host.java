package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;
import java.util.List;

/** What a world needs of the program that runs it. */
public interface Host {
  /** What runs the modelled code. */
  Engine engine();

  /** Runs the work items and callbacks that a set-up operation has left behind. */
  void settle();

  /** Every struct that was allocated, freed or not; empty where nobody keeps count. */
  List<Struct> structs();
}
