package dev.mmexit.generate;

import dev.mmexit.generate.Size.Driver;
import dev.mmexit.scenario.format.GroupDecl;
import dev.mmexit.scenario.format.Position;
import java.util.Comparator;
import java.util.List;

/**
 * What a generated group is like. Those that are tried first come first.
 *
 * @param devices how many it has
 * @param defaultDomain whether it has a default domain; of no meaning for a mediated one
 */
record GroupKind(int devices, boolean defaultDomain, Driver driver)
    implements Comparable<GroupKind> {
  private static final int MIN_PASID = 1;
  private static final int MAX_PASID = 15;
  private static final Comparator<GroupKind> ORDER =
      Comparator.comparingInt(GroupKind::devices)
          .thenComparing(kind -> !kind.defaultDomain)
          .thenComparing(GroupKind::driver);

  @Override
  public int compareTo(GroupKind other) {
    return ORDER.compare(this, other);
  }

  boolean mediated() {
    return driver == Driver.MDEV;
  }

  GroupDecl named(String name, List<String> deviceNames) {
    return new GroupDecl(
        name,
        deviceNames,
        defaultDomain,
        driver == Driver.GENERIC ? GroupDecl.Ops.GENERIC : GroupDecl.Ops.SMMU,
        true,
        false,
        true,
        MIN_PASID,
        MAX_PASID,
        mediated(),
        new Position(1, 1));
  }
}
