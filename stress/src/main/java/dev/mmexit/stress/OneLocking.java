package dev.mmexit.stress;

import java.lang.reflect.Field;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * Options of a run without biased locking, which JDK 17 still has: jcstress runs each test once
 * with it and once without, and has no option not to. Nobody uses it any more: it is off since JDK
 * 15.
 */
final class OneLocking extends Options {
  OneLocking(String[] args) {
    super(args);
  }

  /** Asked after jcstress has looked at the virtual machine, and before it lists what to run. */
  @Override
  public boolean isSplitCompilation() {
    try {
      Field available = VMSupport.class.getDeclaredField("BIASED_LOCKING_AVAILABLE");
      available.setAccessible(true);
      available.setBoolean(null, false);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another jcstress", e);
    }
    return super.isSplitCompilation();
  }
}
