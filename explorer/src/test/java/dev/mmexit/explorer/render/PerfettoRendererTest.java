package dev.mmexit.explorer.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.FieldChange;
import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.InterleavingStep;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class PerfettoRendererTest {
  private final PerfettoRenderer renderer = new PerfettoRenderer();

  @Test
  void followsItsSchema() throws IOException {
    for (CheckResult result : List.of(Samples.mixed(), Drawn.hostile(), woken())) {
      assertThat(schema().validate(Drawn.json(Drawn.all(renderer, result)))).isEmpty();
    }
    assertThat(schema().validate(Drawn.json("{\"traceEvents\": [{\"ph\": \"?\"}]}"))).isNotEmpty();
    Golden.check(
        "render-deadlock.trace.json", Drawn.one(renderer, Drawn.only("exit-vs-detach"), 1));
  }

  @Test
  void everyLockThatIsTakenIsGivenBackLater() {
    Map<String, Double> open = new HashMap<>();
    for (JsonNode event : events(Samples.mixed())) {
      String id = event.path("id").asText();
      if (event.path("ph").asText().equals("b")) {
        assertThat(open.put(id, event.path("ts").asDouble())).isNull();
      } else if (event.path("ph").asText().equals("e")) {
        assertThat(open.remove(id)).isLessThan(event.path("ts").asDouble());
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void slicesOfAThreadNest() {
    List<JsonNode> slices =
        events(Samples.mixed()).stream().filter(e -> e.path("ph").asText().equals("X")).toList();
    assertThat(slices).isNotEmpty();
    for (JsonNode one : slices) {
      for (JsonNode other : slices) {
        if (one.path("pid").equals(other.path("pid"))
            && one.path("tid").equals(other.path("tid"))) {
          assertThat(start(one) < start(other) && start(other) < end(one) && end(one) < end(other))
              .as("%s overlaps %s", one, other)
              .isFalse();
        }
      }
    }
  }

  @Test
  void aWakeUpIsAnArrowToTheNextStepOfTheWoken() {
    List<JsonNode> flows =
        events(woken()).stream().filter(e -> e.path("cat").asText().equals("wakeup")).toList();
    assertThat(flows).extracting(e -> e.path("ph").asText()).containsExactly("s", "f");
    assertThat(flows).extracting(e -> e.path("tid").asInt()).containsExactly(1, 2);
    assertThat(flows).extracting(e -> e.path("ts").asDouble()).containsExactly(1.5, 2.0);
  }

  @Test
  void whereThereIsNothingToDrawThatIsSaid() {
    assertThatThrownBy(() -> Drawn.all(renderer, Drawn.only("clean-one")))
        .isInstanceOf(NothingToDraw.class)
        .hasMessage("there is no finding with an interleaving to draw");
  }

  /** T1 waits for an event, T0 ends the wait. */
  static CheckResult woken() {
    String queue = "bond->mm_exit_wq (D0-P0)";
    Finding base = Samples.staleMm();
    Finding finding =
        new Finding(
            base.kind(),
            base.message(),
            base.place(),
            base.threads(),
            base.schedule(),
            List.of(
                step(1, "wait_event", new FieldChange(queue, "nobody", "T1")),
                step(0, "wake_up_all", new FieldChange(queue, "T1", "nobody")),
                step(1, "return", new FieldChange("x", "0", "1"))));
    return CheckResult.of(Samples.TOOL, List.of(Samples.complete("woken", List.of(finding), null)));
  }

  private static InterleavingStep step(int thread, String text, FieldChange change) {
    return new InterleavingStep(
        thread, List.of(Samples.line(0, "f", text)), List.of(), List.of(change));
  }

  private List<JsonNode> events(CheckResult result) {
    JsonNode events = Drawn.json(Drawn.all(renderer, result)).path("traceEvents");
    return new ArrayList<>(StreamSupport.stream(events.spliterator(), false).toList());
  }

  private static double start(JsonNode slice) {
    return slice.path("ts").asDouble();
  }

  private static double end(JsonNode slice) {
    return start(slice) + slice.path("dur").asDouble();
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream schema =
        PerfettoRendererTest.class.getResourceAsStream("/trace-events.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
  }
}
