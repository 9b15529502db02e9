package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registers of a scenario, by {@code THREAD:REGISTER}, and what else it remembers. */
final class Registers extends Struct {
  private final Map<String, Register> registers = new TreeMap<>();
  private final Map<String, Register> pasids = new TreeMap<>();
  private final Register nop;

  Registers(Engine engine, Scenario scenario, Collection<ScenarioProcess> processes) {
    super(engine, "registers", "", Storage.STATIC);
    nop = new Register(this, "nop");
    add(Scenario.INIT, scenario.setup());
    for (ThreadDecl thread : scenario.threads()) {
      add(thread.name(), thread.steps());
    }
    scenario
        .containers()
        .forEach(
            container ->
                processes.forEach(
                    process -> {
                      String name = pasidName(container.name(), process.name());
                      pasids.put(name, new Register(this, name));
                    }));
  }

  private void add(String thread, List<Step> steps) {
    for (Step step : steps) {
      String register = step.register();
      if (register != null) {
        String name = thread + ":" + register;
        registers.put(name, new Register(this, name));
      }
    }
  }

  private static String pasidName(String container, String process) {
    return "pasid " + container + " " + process;
  }

  /** Keeps the result of a step, if it is assigned. */
  void keep(String thread, Step step, int result) {
    Register register = registers.get(thread + ":" + step.register());
    if (register != null) {
      register.put(result);
    }
  }

  /** The PASID that the last successful bind of a process to a container gave. */
  Register pasid(String container, String process) {
    Register register = pasids.get(pasidName(container, process));
    if (register == null) {
      throw new IllegalArgumentException(container + " and " + process);
    }
    return register;
  }

  /** A scheduling point and nothing else. */
  void nop() {
    nop.nop();
  }

  SortedMap<String, Integer> now() {
    SortedMap<String, Integer> values = new TreeMap<>();
    registers.forEach(
        (name, register) -> register.now().ifPresent(value -> values.put(name, value)));
    return values;
  }
}
