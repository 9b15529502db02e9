package dev.mmexit.explorer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SitesTest {
  @Property
  void isASetOfNumbers(
      @ForAll @Size(max = 40) List<@IntRange(min = -30, max = 30) Integer> added,
      @ForAll @IntRange(min = 1, max = 1000) int spread) {
    Set<Integer> expected = new HashSet<>();
    Sites sites = Sites.NONE;
    for (int number : added) {
      int site = number * spread * 31 + 7; // never 0, which is no site
      Sites before = sites;
      sites = sites.with(site);
      assertThat(before.has(site)).isEqualTo(expected.contains(site));
      expected.add(site);
    }
    assertThat(sites.size()).isEqualTo(expected.size());
    for (int number = -30; number <= 30; number++) {
      int site = number * spread * 31 + 7;
      assertThat(sites.has(site)).isEqualTo(expected.contains(site));
    }
  }
}
