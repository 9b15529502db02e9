package dev.mmexit.explorer.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MermaidRendererTest {
  private static final Pattern FENCED = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

  private final MermaidRenderer renderer = new MermaidRenderer();

  @TempDir private Path folder;

  @Test
  void oneFindingIsOneDiagram() {
    Golden.check("render-deadlock.mmd", Drawn.one(renderer, Drawn.only("exit-vs-detach"), 1));
  }

  @Test
  void severalAreMarkdown() {
    String document = Drawn.all(renderer, Samples.mixed());
    Golden.check("render-mixed.md", document);
    assertThat(diagrams(document)).hasSize(4);
  }

  @Test
  void aWakeUpIsAnArrow() {
    assertThat(Drawn.one(renderer, PerfettoRendererTest.woken(), 1))
        .contains("t0-)t1: wakes bond-#62;mm_exit_wq (D0-P0)\n");
  }

  @Test
  void barsAreEndedWhereTheyWereBegun() {
    for (String diagram : diagrams(Drawn.all(renderer, Samples.mixed()))) {
      for (int thread = 0; thread < 3; thread++) {
        int open = 0;
        for (String line : diagram.split("\n", -1)) {
          open += line.strip().equals("activate t" + thread) ? 1 : 0;
          open -= line.strip().equals("deactivate t" + thread) ? 1 : 0;
          assertThat(open).isNotNegative();
        }
      }
    }
  }

  @Test
  void whereThereIsNothingToDrawThatIsSaid() {
    assertThatThrownBy(() -> Drawn.one(renderer, Samples.mixed(), 9))
        .isInstanceOf(NothingToDraw.class);
  }

  /** Mermaid itself, in a browser, draws each diagram. */
  @Test
  void mermaidAcceptsIt() throws Exception {
    Path browser = Programs.find("chromium", "chromium-browser", "google-chrome").orElse(null);
    assumeTrue(browser != null, "there is no Chromium");
    List<String> diagrams = new ArrayList<>(diagrams(Drawn.all(renderer, Samples.mixed())));
    diagrams.add(Drawn.one(renderer, Drawn.hostile(), 1));
    diagrams.add(Drawn.one(renderer, PerfettoRendererTest.woken(), 1));
    diagrams.add("sequenceDiagram\n  this is none");
    Path page = page(diagrams);
    Programs.Run run =
        Programs.run(
            folder,
            String.valueOf(browser),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=30000",
            "--dump-dom",
            page.toUri().toString());
    List<String> verdicts = new ArrayList<>();
    Matcher matcher = Pattern.compile("<li>(.*?)</li>", Pattern.DOTALL).matcher(run.output());
    while (matcher.find()) {
      verdicts.add(matcher.group(1));
    }
    assertThat(verdicts).as(run.output()).hasSize(diagrams.size());
    assertThat(verdicts.subList(0, verdicts.size() - 1)).containsOnly("drawn");
    assertThat(verdicts.get(verdicts.size() - 1)).startsWith("refused");
  }

  private Path page(List<String> diagrams) throws IOException {
    try (InputStream script =
        MermaidRendererTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js")) {
      Files.copy(script, folder.resolve("mermaid.js"));
    }
    String data = new JsonMapper().writeValueAsString(diagrams).replace("<", "\\u003c");
    return Files.writeString(
        folder.resolve("page.html"),
        """
        <!DOCTYPE html>
        <meta charset="utf-8">
        <ol></ol>
        <script src="mermaid.js"></script>
        <script>
          mermaid.initialize({startOnLoad: false});
          (async () => {
            const diagrams = %s;
            for (const [i, diagram] of diagrams.entries()) {
              const item = document.createElement("li");
              try {
                await mermaid.render("d" + i, diagram);
                item.textContent = "drawn";
              } catch (e) {
                item.textContent = "refused: " + e;
              }
              document.querySelector("ol").append(item);
            }
          })();
        </script>
        """
            .formatted(data));
  }

  private static List<String> diagrams(String markdown) {
    List<String> diagrams = new ArrayList<>();
    Matcher matcher = FENCED.matcher(markdown);
    while (matcher.find()) {
      diagrams.add(matcher.group(1));
    }
    return diagrams;
  }
}
