package dev.mmexit.jpf.checker;

import gov.nasa.jpf.Config;
import gov.nasa.jpf.vm.ApplicationContext;
import gov.nasa.jpf.vm.DynamicElementInfo;
import gov.nasa.jpf.vm.ElementInfo;
import gov.nasa.jpf.vm.FieldInfo;
import gov.nasa.jpf.vm.Instruction;
import gov.nasa.jpf.vm.SharednessPolicy;
import gov.nasa.jpf.vm.StaticElementInfo;
import gov.nasa.jpf.vm.ThreadInfo;
import gov.nasa.jpf.vm.VM;

/**
 * Switches no threads at accesses to Java's fields: the driver says where, see {@link PointsOnly}.
 */
public final class NothingShared implements SharednessPolicy {
  /** For Java PathFinder. */
  @SuppressWarnings("UnusedVariable")
  public NothingShared(Config config) {}

  @Override
  public void initializeSharednessPolicy(VM vm, ApplicationContext application) {}

  @Override
  public void initializeObjectSharedness(ThreadInfo thread, DynamicElementInfo object) {}

  @Override
  public void initializeClassSharedness(ThreadInfo thread, StaticElementInfo type) {}

  @Override
  public boolean canHaveSharedObjectCG(
      ThreadInfo thread, Instruction instruction, ElementInfo owner, FieldInfo field) {
    return false;
  }

  @Override
  public ElementInfo updateObjectSharedness(
      ThreadInfo thread, ElementInfo object, FieldInfo field) {
    return object;
  }

  @Override
  public boolean setsSharedObjectCG(
      ThreadInfo thread, Instruction instruction, ElementInfo owner, FieldInfo field) {
    return false;
  }

  @Override
  public boolean canHaveSharedClassCG(
      ThreadInfo thread, Instruction instruction, ElementInfo owner, FieldInfo field) {
    return false;
  }

  @Override
  public ElementInfo updateClassSharedness(ThreadInfo thread, ElementInfo type, FieldInfo field) {
    return type;
  }

  @Override
  public boolean setsSharedClassCG(
      ThreadInfo thread, Instruction instruction, ElementInfo owner, FieldInfo field) {
    return false;
  }

  @Override
  public boolean canHaveSharedArrayCG(
      ThreadInfo thread, Instruction instruction, ElementInfo array, int index) {
    return false;
  }

  @Override
  public ElementInfo updateArraySharedness(ThreadInfo thread, ElementInfo array, int index) {
    return array;
  }

  @Override
  public boolean setsSharedArrayCG(
      ThreadInfo thread, Instruction instruction, ElementInfo array, int index) {
    return false;
  }

  @Override
  public boolean setsSharedObjectExposureCG(
      ThreadInfo thread,
      Instruction instruction,
      ElementInfo owner,
      FieldInfo field,
      ElementInfo exposed) {
    return false;
  }

  @Override
  public boolean setsSharedClassExposureCG(
      ThreadInfo thread,
      Instruction instruction,
      ElementInfo owner,
      FieldInfo field,
      ElementInfo exposed) {
    return false;
  }

  @Override
  public void cleanupThreadTermination(ThreadInfo thread) {}
}
