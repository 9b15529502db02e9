package dev.mmexit.scenario.format;

import java.util.List;

/**
 * {@code group G = D...}: an IOMMU group and its devices.
 *
 * @param defaultDomain whether the group has a default domain to go back to
 * @param ops the IOMMU driver behind it
 * @param coherent whether its page-table walks are coherent, which decides {@code prot}
 * @param msi whether it has a software MSI window, so that attach needs a cookie
 * @param sva whether the driver supports SVA for it
 * @param minPasid the lowest PASID of its devices
 * @param maxPasid the highest PASID of its devices, inclusive
 * @param mdev whether it is a mediated group, which goes to the external domain
 */
public record GroupDecl(
    String name,
    List<String> devices,
    boolean defaultDomain,
    Ops ops,
    boolean coherent,
    boolean msi,
    boolean sva,
    int minPasid,
    int maxPasid,
    boolean mdev,
    Position position) {

  /** The IOMMU drivers that a group can be behind. */
  public enum Ops {
    /** arm-smmu-v3 as it is, without {@code detach_dev}. */
    SMMU("smmu"),
    /** A second driver, alike but with a {@code detach_dev}. */
    GENERIC("generic");

    private final String label;

    Ops(String label) {
      this.label = label;
    }

    /** The name in a scenario, as {@code smmu}. */
    public String label() {
      return label;
    }
  }

  public GroupDecl {
    devices = List.copyOf(devices);
  }
}
