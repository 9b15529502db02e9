package dev.mmexit.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.CheckResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page as somebody sees and uses it. */
class PageInBrowserTest {
  private static final String[] VIEWS = {
    "",
    "#result=surprise&variant=v2",
    "#finding=exit-vs-detach&variant=v2&step=5",
    "#compare=v2&with=fixed",
    "#locks=v2"
  };

  @TempDir static Path folder;

  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    page = write("page.html", PageSamples.twoVariants());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path write(String name, CheckResult result) throws IOException {
    Path file = folder.resolve(name);
    try (Writer writer = Files.newBufferedWriter(file)) {
      HtmlReport.write(result, writer);
    }
    return file;
  }

  @BeforeEach
  void desk() {
    browser.look(1280, 800, "light");
  }

  @AfterEach
  void nothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static List<String> rows() {
    return browser.all(".matrix tbody th").stream().map(each -> each.getText()).toList();
  }

  private static void choose(String id, String value) {
    browser.run(
        String.format(
            "const select = document.getElementById('%s'); select.value = '%s';"
                + " select.dispatchEvent(new Event('change'))",
            id, value));
  }

  @Test
  void aRowForEachScenarioAndAColumnForEachVariant() {
    browser.open(page, "");
    assertThat(rows())
        .containsExactly(
            "clean-one", "exit-vs-detach", "surprise", "repaired", "long-one", "long-and-bad");
    assertThat(browser.all(".matrix thead th")).hasSize(3);
    assertThat(browser.all(".matrix .cell .mark"))
        .extracting(mark -> mark.getAttribute("title"))
        .containsExactly(
            "as expected", "not as expected",
            "as expected", "not as expected",
            "not as expected", "not as expected",
            "not as expected", "not as expected",
            "incomplete", "incomplete",
            "not as expected", "not as expected");
    assertThat(browser.all(".matrix td.differs")).hasSize(2);
  }

  @Test
  void filters() {
    browser.open(page, "");
    choose("pick-verdict", "INCOMPLETE");
    assertThat(rows()).containsExactly("long-one");
    choose("pick-verdict", "differs");
    assertThat(rows()).containsExactly("clean-one", "exit-vs-detach");
    choose("pick-verdict", "");
    choose("pick-kind", "deadlock");
    assertThat(rows()).containsExactly("exit-vs-detach", "surprise");
    choose("pick-variant", "fixed");
    assertThat(rows()).containsExactly("surprise");
    assertThat(browser.text(".count")).isEqualTo("1 of 6 scenarios");
    assertThat(browser.fragment()).isEqualTo("#view=results&kind=deadlock&variant=fixed");
  }

  @Test
  void searches() {
    browser.open(page, "");
    browser.find("#search").sendKeys("iommu lock exit-vs");
    browser.until("document.querySelectorAll('.matrix tbody tr').length === 1");
    assertThat(rows()).containsExactly("exit-vs-detach");
    browser.find("#search").sendKeys(" nowhere");
    browser.until("document.querySelectorAll('.matrix tbody tr').length === 0");
    assertThat(browser.find(".empty").isDisplayed()).isTrue();
  }

  @Test
  void aFilterIsInTheAddress() {
    browser.open(page, "#view=results&verdict=INCOMPLETE");
    assertThat(rows()).containsExactly("long-one");
    assertThat(browser.find("#pick-verdict").getAttribute("value")).isEqualTo("INCOMPLETE");
  }

  @Test
  void arrowKeysStepThroughAnInterleaving() {
    browser.open(page, "#finding=exit-vs-detach&variant=v2");
    assertThat(browser.text(".counter")).isEqualTo("1 / 8");
    assertThat(browser.text(".panel")).contains("mm->mm_users (P0) 1 0");
    for (int i = 0; i < 4; i++) {
      browser.press(Keys.ARROW_DOWN);
    }
    assertThat(browser.text(".counter")).isEqualTo("5 / 8");
    assertThat(browser.text(".step[aria-current]")).contains("lock iommu->lock (C0)");
    assertThat(browser.text(".panel .changes")).contains("iommu->lock (C0) free T1");
    assertThat(browser.text(".panel .held")).isEqualTo("T1 iommu->lock (C0)");
    assertThat(browser.text("#live"))
        .startsWith("Step 5 of 8, T1 (manager): lock iommu->lock (C0).")
        .contains("Changes iommu->lock (C0) from free to T1.");
    assertThat(browser.fragment()).endsWith("&step=5");
    browser.press(Keys.END);
    assertThat(browser.text(".counter")).isEqualTo("8 / 8");
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.text(".counter")).isEqualTo("8 / 8");
    browser.press(Keys.HOME);
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text(".counter")).isEqualTo("2 / 8");
  }

  @Test
  void lanesShowLocksWaitsAndTheCycle() {
    browser.open(page, "#finding=exit-vs-detach&variant=v2&step=8");
    assertThat(browser.all(".lane-name b"))
        .extracting(lane -> lane.getText())
        .containsExactly("T0", "T1");
    assertThat(browser.all(".lock-key li")).hasSize(2);
    assertThat(browser.all(".bar.kept"))
        .extracting(bar -> bar.getAttribute("title"))
        .containsExactly("T1 holds iommu->lock (C0)");
    assertThat(browser.all(".wait.blocked")).hasSize(2);
    assertThat(browser.all(".arrow.in-cycle")).hasSize(2);
    assertThat(browser.text(".ring"))
        .contains("waits for iommu->lock (C0)")
        .contains("waits for mm_exit of bond D0-P0");
    assertThat(browser.text(".command code"))
        .isEqualTo(
            "./mmexit replay scenarios/exit-vs-detach.litmus --variant v2"
                + " --schedule '1:9f3a77b0:T0*5,T1*3,T0,T1'");
  }

  @Test
  void linksLeadToAFindingAndBack() {
    browser.open(page, "");
    browser.find(".matrix a[href*='result=exit-vs-detach'].cell").click();
    browser.until("document.querySelector('.card')");
    browser.find(".card").click();
    browser.until("document.querySelector('.lanes')");
    assertThat(browser.fragment()).isEqualTo("#finding=exit-vs-detach&variant=v2");
    assertThat(browser.text("h1")).isEqualTo("deadlock");
    assertThat(browser.eval("document.title"))
        .isEqualTo("deadlock in exit-vs-detach on v2 – mmexit report");
    browser.back();
    browser.until("document.querySelector('.card')");
    browser.back();
    browser.until("document.querySelector('.matrix')");
    browser.forward();
    browser.until("document.querySelector('.card')");
    assertThat(browser.text("h1")).isEqualTo("exit-vs-detach");
  }

  @Test
  void aLinkToNothingSaysSo() {
    browser.open(page, "#finding=exit-vs-detach&variant=fixed");
    assertThat(browser.text("main")).contains("This report has no such finding.");
    browser.open(page, "#result=nowhere");
    assertThat(browser.text("main")).contains("This report has no such result.");
  }

  @Test
  void comparesTwoVariants() {
    browser.open(page, "#compare=v2&with=fixed");
    assertThat(browser.all(".totals li"))
        .extracting(each -> each.getText())
        .containsExactly("1 REGRESSED", "1 FIXED", "0 CHANGED", "2 INCOMPLETE", "2 SAME");
    assertThat(rows().subList(0, 2)).containsExactly("clean-one", "exit-vs-detach");
    assertThat(browser.text(".matrix tbody tr")).contains("REGRESSED", "stale-mm");
    assertThat(browser.text("main")).contains("Cycles lost", "WITNESSED: bond->mm_exit_wq");
    browser.find(".totals a.good").click();
    browser.until("document.querySelectorAll('.matrix tbody tr').length === 1");
    assertThat(rows()).containsExactly("exit-vs-detach");
  }

  @Test
  void anEdgeOfTheLockGraphShowsItsStep() {
    browser.open(page, "#locks=v2");
    assertThat(browser.all(".edge.witnessed")).hasSize(2);
    assertThat(browser.all(".node.witnessed")).hasSize(2);
    browser.run("document.querySelector('.edge').dispatchEvent(new MouseEvent('click'))");
    assertThat(browser.text(".panel"))
        .contains(
            "bond->mm_exit_wq → iommu->lock", "WITNESSED", "vfio_iommu_mm_exit", "--schedule");
    browser.run("document.querySelectorAll('.edge')[1].focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.text(".panel"))
        .contains("iommu->lock → bond->mm_exit_wq", "io_mm_detach_locked");
    String there = browser.fragment();
    browser.open(page, there);
    assertThat(browser.text(".panel")).contains("io_mm_detach_locked");
  }

  @Test
  void coloursFollowTheSystemOrTheButton() {
    String paper = "getComputedStyle(document.body).backgroundColor";
    browser.look(1280, 800, "dark");
    browser.open(page, "");
    Object dark = browser.eval(paper);
    browser.find("#theme").click();
    Object light = browser.eval(paper);
    assertThat(light).isNotEqualTo(dark);
    browser.look(1280, 800, "light");
    browser.find("#theme").click();
    assertThat(browser.eval(paper)).isEqualTo(dark);
    browser.find("#theme").click();
    assertThat(browser.eval(paper)).isEqualTo(light);
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void noViewIsWiderThanTheScreen(int width) {
    browser.look(width, 740, "light");
    for (String view : VIEWS) {
      browser.open(page, view);
      assertThat((Long) browser.eval("document.documentElement.scrollWidth"))
          .as(view)
          .isLessThanOrEqualTo(width);
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,light", "360,dark"})
  void nothingBarsAScreenReader(int width, String colours) throws IOException {
    browser.look(width, 740, colours);
    String axe;
    try (InputStream stream = getClass().getResourceAsStream("/axe.min.js")) {
      axe = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String view : VIEWS) {
      browser.open(page, view);
      browser.run(axe);
      Object found =
          browser.await(
              "const done = arguments[0]; axe.run().then((result) => done(result.violations.map("
                  + "(each) => each.id + ': ' + each.nodes.map((n) => n.html).slice(0, 3))))");
      assertThat((List<?>) found).as(view).isEmpty();
    }
  }

  @Test
  void namesAreNoMarkup() throws IOException {
    Path hostile = write("hostile.html", PageSamples.hostile());
    browser.open(hostile, "");
    assertThat(rows()).containsExactly(PageSamples.HOSTILE.replace("\u2028 ", ""));
    browser.find(".matrix tbody th a").click();
    browser.until("document.querySelector('.card')");
    browser.find(".card").click();
    browser.until("document.querySelector('.lanes')");
    assertThat(browser.text(".lead")).contains("<img src=x");
    browser.open(hostile, "#locks=v2");
    browser.run("document.querySelector('.edge').dispatchEvent(new MouseEvent('click'))");
    assertThat(browser.all("img, #main script")).isEmpty();
    assertThat(browser.eval("window.hacked")).isNull();
  }

  @Test
  void allRowsOfALargeResultAreThere() throws IOException {
    Path large = write("large.html", PageSamples.large(2000, 2));
    browser.open(large, "");
    browser.until("document.querySelectorAll('.matrix tbody tr').length === 2000");
    browser.find("#search").sendKeys("scenario-1999");
    browser.until("document.querySelectorAll('.matrix tbody tr').length === 1");
    browser.find(".matrix tbody .cell").click();
    browser.until("document.querySelector('.card')");
    assertThat(browser.text("h1")).isEqualTo("scenario-1999");
  }

  @Test
  void whatScriptsCannotDo() {
    browser.open(page, "");
    assertThat(browser.eval("performance.getEntriesByType('resource').length")).isEqualTo(0L);
    // The policy of the page: no other script runs, and nothing is loaded.
    browser.run(
        "const script = document.createElement('script'); script.textContent = 'window.hacked = 1';"
            + " document.body.append(script); const image = new Image(); image.src = 'x.png'");
    assertThat(browser.eval("window.hacked")).isNull();
    assertThat(browser.complaints()).hasSize(2).allMatch(each -> each.contains("Content Security"));
  }
}
