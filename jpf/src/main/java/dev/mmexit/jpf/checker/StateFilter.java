package dev.mmexit.jpf.checker;

import gov.nasa.jpf.vm.FieldInfo;
import gov.nasa.jpf.vm.serialize.AmmendableFilterConfiguration.FieldAmmendment;
import java.util.Set;

/**
 * What is no part of a state: counters of steps, and what is kept for the sentences of reports. Two
 * executions that differ in these only go on in the same way.
 */
public final class StateFilter implements FieldAmmendment {
  private static final Set<String> HISTORY =
      Set.of(
          // Names and the rest of what reports say.
          "java.lang.Thread.name",
          "dev.mmexit.jpf.ContextThread.waitsFor",
          "dev.mmexit.kernel.Cell.label",
          "dev.mmexit.kernel.Context.frames",
          "dev.mmexit.kernel.Context.name",
          "dev.mmexit.kernel.Flag.lastWriter",
          "dev.mmexit.kernel.ListHead.label",
          "dev.mmexit.kernel.Struct.allocatedAt",
          "dev.mmexit.kernel.Struct.freedAt",
          "dev.mmexit.kernel.Struct.name",
          "dev.mmexit.kernel.Struct.type",
          "dev.mmexit.kernel.Struct.variable",
          "dev.mmexit.kernel.threads.World.stacks",
          // How many there have been.
          "dev.mmexit.kernel.threads.ThreadContext.keys",
          "dev.mmexit.kernel.threads.ThreadContext.steps",
          "dev.mmexit.kernel.threads.World.numbers",
          // What tells read sections and waits for them apart, which are objects of their own.
          "dev.mmexit.kernel.Srcu$GracePeriod.key",
          "dev.mmexit.kernel.Srcu$State.hash",
          // Who has not ended: the threads themselves say so.
          "dev.mmexit.jpf.DriverHarness.threads",
          "dev.mmexit.kernel.threads.World.contexts");

  @Override
  public boolean ammendFieldInclusion(FieldInfo field, boolean soFar) {
    return soFar && !HISTORY.contains(field.getFullName());
  }
}
