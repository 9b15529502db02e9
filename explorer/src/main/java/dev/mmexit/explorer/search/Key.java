package dev.mmexit.explorer.search;

import dev.mmexit.kernel.FindingKind;

/**
 * What makes a finding distinct.
 *
 * @param kind its kind
 * @param place where: functions and objects, in words that are the same in every execution
 */
public record Key(FindingKind kind, String place) implements Comparable<Key> {
  @Override
  public int compareTo(Key other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : place.compareTo(other.place);
  }
}
