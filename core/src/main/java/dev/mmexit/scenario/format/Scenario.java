package dev.mmexit.scenario.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One scenario: the objects that exist, what has already happened, the operations that then race,
 * and what is said about the outcome. Every name in it is declared and of the right kind.
 *
 * @param description one line, empty if there is none
 * @param setup what one thread does, in order, before any race starts; its registers are those of
 *     {@code init}
 * @param threads at least one
 * @param condition the final condition; null if there is none
 * @param expectations by variant, in the order of the file
 * @param file where it was read from, for people; null if from nowhere
 * @param sourceText the text it was read from
 */
public record Scenario(
    String name,
    String description,
    List<ContainerDecl> containers,
    List<GroupDecl> groups,
    List<ProcessDecl> processes,
    List<Step> setup,
    List<ThreadDecl> threads,
    @Nullable Condition condition,
    Map<String, Expectation> expectations,
    MemoryModel memory,
    List<FailDecl> fails,
    @Nullable String file,
    String sourceText) {

  /** The name that a condition reads the set-up's registers under. */
  public static final String INIT = "init";

  public Scenario {
    containers = List.copyOf(containers);
    groups = List.copyOf(groups);
    processes = List.copyOf(processes);
    setup = List.copyOf(setup);
    threads = List.copyOf(threads);
    expectations = Collections.unmodifiableMap(new LinkedHashMap<>(expectations));
    fails = List.copyOf(fails);
  }

  /**
   * The same scenario with a memory model that its text does not ask for. A schedule of the one is
   * none of the other, so their texts differ.
   */
  public Scenario with(MemoryModel model) {
    if (model == memory) {
      return this;
    }
    return new Scenario(
        name,
        description,
        containers,
        groups,
        processes,
        setup,
        threads,
        condition,
        expectations,
        model,
        fails,
        file,
        sourceText + "(* memory " + model.label() + " *)\n");
  }

  /** The devices of all groups, in the order of their declaration. */
  public List<String> devices() {
    return groups.stream().flatMap(group -> group.devices().stream()).toList();
  }
}
