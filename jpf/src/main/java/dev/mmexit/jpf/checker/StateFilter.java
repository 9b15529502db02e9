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
          "dev.mmexit.kernel.threads.ThreadContext.steps",
          "dev.mmexit.kernel.threads.World.stacks",
          "dev.mmexit.kernel.Flag.lastWriter",
          "dev.mmexit.kernel.Struct.allocatedAt",
          "dev.mmexit.kernel.Struct.freedAt",
          "dev.mmexit.jpf.ContextThread.waitsFor");

  @Override
  public boolean ammendFieldInclusion(FieldInfo field, boolean soFar) {
    return soFar && !HISTORY.contains(field.getFullName());
  }
}
