package dev.mmexit.html;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long a large page takes, in milliseconds. It asserts nothing: times belong to machines. */
@EnabledIfSystemProperty(named = "mmexit.page.benchmark", matches = "true")
class PageOpeningTest {
  private static final int RUNS = 9;
  private static final int SCENARIOS = 2000;

  @TempDir Path folder;

  @Test
  void times() throws IOException {
    for (int variants : new int[] {1, 4, 10}) {
      Path page = folder.resolve(variants + ".html");
      long start = System.nanoTime();
      try (Writer writer = Files.newBufferedWriter(page)) {
        HtmlReport.write(PageSamples.large(SCENARIOS, variants), writer);
      }
      long made = (System.nanoTime() - start) / 1_000_000;
      long[] usable = new long[RUNS];
      long[] rows = new long[RUNS];
      long[] search = new long[RUNS];
      try (Browser browser = Browser.start()) {
        browser.look(1280, 800, "light");
        for (int i = 0; i < RUNS; i++) {
          browser.open(page, "");
          usable[i] = millis(browser, "performance.getEntriesByType('navigation')[0].loadEventEnd");
          browser.until("document.querySelectorAll('.matrix tbody tr').length === " + SCENARIOS);
          rows[i] = millis(browser, "performance.now()");
          browser.run(
              "const box = document.getElementById('search'); window.began = performance.now();"
                  + " box.value = 'scenario-1999'; box.dispatchEvent(new Event('input'))");
          browser.until(
              "document.querySelectorAll('.matrix tbody tr').length === 1"
                  + " && (window.took ??= performance.now() - window.began)");
          search[i] = millis(browser, "window.took");
        }
      }
      System.out.printf(
          "%d scenarios x %d variants: made in %d ms, %d kB; open %d ms, all rows %d ms,"
              + " search %d ms%n",
          SCENARIOS,
          variants,
          made,
          Files.size(page) / 1000,
          median(usable),
          median(rows),
          median(search));
    }
  }

  private static long millis(Browser browser, String expression) {
    return Math.round(((Number) browser.eval(expression)).doubleValue());
  }

  private static long median(long[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
