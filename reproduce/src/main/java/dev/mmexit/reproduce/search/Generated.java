package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.CheckerFacade;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.generate.Generator;
import dev.mmexit.generate.Plausibility;
import dev.mmexit.generate.Size;
import dev.mmexit.scenario.format.Scenario;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every generated scenario of a size. */
public final class Generated implements Stage {
  private final Size size;
  private final CheckerFacade checker;
  private final @Nullable MemoryModel memory;

  /**
   * The plausible scenarios of a size.
   *
   * @param memory what becomes of freed memory; null for what is usual
   */
  public Generated(Size size, CheckerFacade checker, @Nullable MemoryModel memory) {
    this.size = size;
    this.checker = checker;
    this.memory = memory;
  }

  @Override
  public String name(long scenarios) {
    return (scenarios == 1 ? "scenario" : "scenarios")
        + " of "
        + counted(size.threads(), "thread")
        + " x "
        + counted(size.operations(), "operation")
        + (size.toString().equals(size.shape()) ? "" : " (" + size + ")");
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  @Override
  public Iterator<Candidate> candidates() {
    Stream<Scenario> scenarios = Generator.scenarios(size, Plausibility.PLAUSIBLE);
    return scenarios.map(this::candidate).iterator();
  }

  private Candidate candidate(Scenario made) {
    Scenario scenario =
        memory == null
            ? made
            : made.with(dev.mmexit.scenario.format.MemoryModel.valueOf(memory.name()));
    return new Candidate(checker.loaded(scenario, Path.of(scenario.name() + ".litmus")), "");
  }
}
