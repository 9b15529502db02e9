package dev.mmexit.scenario;

import dev.mmexit.kernel.Engine;
import dev.mmexit.kernel.Errno;
import dev.mmexit.kernel.FaultInjection;
import dev.mmexit.kernel.KernelBug;
import dev.mmexit.kernel.SlabCaches;
import dev.mmexit.kernel.Struct;
import dev.mmexit.scenario.format.Condition;
import dev.mmexit.scenario.format.FailDecl;
import dev.mmexit.scenario.format.MemoryModel;
import dev.mmexit.scenario.format.Operation;
import dev.mmexit.scenario.format.Scenario;
import dev.mmexit.scenario.format.Step;
import dev.mmexit.scenario.format.ThreadDecl;
import dev.mmexit.variant.HeapTypes;
import dev.mmexit.variant.KernelImage;
import dev.mmexit.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** The world that a scenario describes, with the code of one variant, its set-up carried out. */
public final class ScenarioWorld implements World {
  private final Scenario scenario;
  private final Operations operations;
  private final Registers registers;
  private final Facts facts;
  private final Properties properties;
  private final Leaks leaks;

  /**
   * Builds the objects and carries out the set-up in the calling context.
   *
   * @throws SetUpFailed where an operation of the set-up fails or would block
   */
  public ScenarioWorld(Host host, Variant variant, Scenario scenario) {
    this.scenario = scenario;
    Engine engine = host.engine();
    if (scenario.memory() == MemoryModel.SLUB) {
      new SlabCaches(engine, HeapTypes.all());
    }
    KernelImage image = new KernelImage(engine, variant, pageFaults(scenario));
    Objects objects = new Objects(engine, image, scenario);
    registers = new Registers(engine, scenario, objects.processes());
    operations = new Operations(engine, image, objects, registers);
    facts = new Facts(objects, image, registers);
    properties = new Properties(objects, image);
    List<Struct> boot = List.copyOf(host.structs());
    leaks = new Leaks(host, boot);
    FaultInjection faults = faults(engine, scenario);
    for (Step step : scenario.setup()) {
      setUp(step);
      host.settle();
    }
    faults.arm();
  }

  private static FaultInjection faults(Engine engine, Scenario scenario) {
    FaultInjection faults = new FaultInjection(engine);
    for (FailDecl fail : scenario.fails()) {
      if (fail instanceof FailDecl.Nth one) {
        faults.failNth(one.site(), one.nth(), one.on());
      } else if (fail instanceof FailDecl.Any any) {
        faults.failAny(any.max());
      }
    }
    return faults;
  }

  /** Whether a device may ever report a page fault. */
  private static boolean pageFaults(Scenario scenario) {
    return Stream.concat(
            scenario.setup().stream(),
            scenario.threads().stream().flatMap(thread -> thread.steps().stream()))
        .anyMatch(step -> step.operation() instanceof Operation.Fault);
  }

  private void setUp(Step step) {
    int result;
    try {
      result = operations.perform(Scenario.INIT, step);
    } catch (SetUpBlocked blocked) {
      throw new SetUpFailed(
          step, "the set-up operation \"" + step.text() + "\" blocks: " + blocked.getMessage());
    } catch (KernelBug bug) {
      throw new SetUpFailed(
          step,
          "the set-up operation \""
              + step.text()
              + "\" ends in "
              + bug.kind().label()
              + ": "
              + bug.sentence());
    }
    if (step.register() != null) {
      registers.keep(Scenario.INIT, step, result);
    } else if (result < 0) {
      throw new SetUpFailed(
          step,
          "the set-up operation \""
              + step.text()
              + "\" fails with "
              + Errno.name(result)
              + "; expected it to succeed, or its result to go to a register");
    }
  }

  @Override
  public List<String> threads() {
    return scenario.threads().stream().map(ThreadDecl::name).toList();
  }

  @Override
  public void run(int thread, IntConsumer beforeOperation) {
    ThreadDecl declared = scenario.threads().get(thread);
    List<Step> steps = declared.steps();
    for (int i = 0; i < steps.size(); i++) {
      beforeOperation.accept(i);
      int result = operations.perform(declared.name(), steps.get(i));
      registers.keep(declared.name(), steps.get(i), result);
    }
  }

  /**
   * Carries out one operation in the calling context: for harnesses that choose operations
   * themselves.
   *
   * @param thread the name of the thread that asks
   */
  public int perform(String thread, Step step) {
    return operations.perform(thread, step);
  }

  @Override
  public AtRest atRest() {
    Condition condition = scenario.condition();
    boolean satisfies = condition != null && facts.holds(condition.expr());
    List<Violation> violations = new ArrayList<>(properties.violations());
    violations.addAll(leaks.violations());
    if (condition != null) {
      Facts.judge(condition, satisfies).ifPresent(violations::add);
    }
    return new AtRest(new FinalState(registers.now(), facts.all(), satisfies), violations);
  }
}
