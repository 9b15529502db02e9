package dev.mmexit.explorer.engine;

/** An immutable set of sites, which is asked at every access: by hashing, without boxes. */
final class Sites {
  static final Sites NONE = new Sites(new int[2], 0);

  /** Open addressing: half empty at least, in which a 0 is a place for no site. */
  private final int[] table;

  private final int size;

  private Sites(int[] table, int size) {
    this.table = table;
    this.size = size;
  }

  int size() {
    return size;
  }

  boolean has(int site) {
    int mask = table.length - 1;
    for (int at = slot(site, mask); table[at] != 0; at = (at + 1) & mask) {
      if (table[at] == site) {
        return true;
      }
    }
    return false;
  }

  /**
   * This set and one site more.
   *
   * @param site not 0
   */
  Sites with(int site) {
    if (has(site)) {
      return this;
    }
    int[] more = new int[(size + 1) * 2 > table.length ? table.length * 2 : table.length];
    for (int known : table) {
      put(more, known);
    }
    put(more, site);
    return new Sites(more, size + 1);
  }

  private static void put(int[] table, int site) {
    if (site != 0) {
      int mask = table.length - 1;
      int at = slot(site, mask);
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = site;
    }
  }

  private static int slot(int site, int mask) {
    int mixed = site * 0x9e3779b9;
    return (mixed ^ (mixed >>> 16)) & mask;
  }
}
