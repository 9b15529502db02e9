package dev.mmexit.jpf.checker;

import gov.nasa.jpf.jvm.JVMSystemClassLoaderInfo;
import gov.nasa.jpf.vm.BootstrapMethodInfo;
import gov.nasa.jpf.vm.ClassInfo;
import gov.nasa.jpf.vm.VM;

/**
 * Loads classes. Java PathFinder numbers the classes of lambdas as the compiler numbers anonymous
 * ones, so that one is taken for the other; here they are numbered from further on.
 */
public final class Classes extends JVMSystemClassLoaderInfo {
  private static final int LAMBDAS = 100_000;

  /** For Java PathFinder. */
  public Classes(VM vm, int application) {
    super(vm, application);
  }

  @Override
  public ClassInfo getResolvedFuncObjType(
      int index,
      ClassInfo type,
      String method,
      BootstrapMethodInfo bootstrap,
      String[] freeVariables) {
    return super.getResolvedFuncObjType(LAMBDAS + index, type, method, bootstrap, freeVariables);
  }
}
