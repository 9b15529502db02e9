package dev.mmexit.explorer.render;

import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.report.Style;
import dev.mmexit.explorer.report.TextReport;
import dev.mmexit.explorer.report.VerdictText;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Summary;
import dev.mmexit.explorer.result.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * JUnit XML as continuous integration reads it: a suite for each variant, in it a test case for
 * each scenario. What is not as expected is a failure, with the scenario's block of text; what is
 * incomplete is an error, never a pass.
 */
public final class JunitRenderer implements Renderer {

  @Override
  public String name() {
    return "junit";
  }

  @Override
  public String summary() {
    return "JUnit XML, for continuous integration";
  }

  @Override
  public void render(CheckResult result, RenderOptions options, Writer writer) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
      new Document(xml, MemoryModel.parse(result.memory())).write(result);
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException io ? io : new IOException(e);
    }
    writer.write('\n');
    writer.flush();
  }

  /** Indents by hand: the writer of the JDK does not. */
  private static final class Document {
    private final XMLStreamWriter xml;
    private final TextReport text;
    private int depth;

    Document(XMLStreamWriter xml, @Nullable MemoryModel memory) {
      this.xml = xml;
      this.text = new TextReport(Style.PLAIN, TextReport.WIDTH, memory);
    }

    void write(CheckResult result) throws XMLStreamException {
      xml.writeStartDocument("UTF-8", "1.0");
      start("testsuites");
      attribute("name", result.tool().name());
      counts(result.results());
      Map<String, List<ScenarioResult>> suites =
          result.results().stream()
              .collect(
                  Collectors.groupingBy(
                      ScenarioResult::variant, LinkedHashMap::new, Collectors.toList()));
      for (Map.Entry<String, List<ScenarioResult>> suite : suites.entrySet()) {
        suite(result, suite.getKey(), suite.getValue());
      }
      end();
    }

    private void suite(CheckResult result, String variant, List<ScenarioResult> results)
        throws XMLStreamException {
      start("testsuite");
      attribute("name", variant);
      counts(results);
      start("properties");
      property("tool", result.tool().name() + " " + result.tool().version());
      property("variant", variant);
      if (result.memory() != null) {
        property("memory", result.memory());
      }
      end();
      for (ScenarioResult one : results) {
        testCase(one);
      }
      end();
    }

    private void counts(List<ScenarioResult> results) throws XMLStreamException {
      Summary summary = Summary.of(results);
      attribute("tests", String.valueOf(summary.scenarios()));
      attribute("failures", String.valueOf(summary.unexpected()));
      attribute("errors", String.valueOf(summary.incomplete()));
      attribute("time", seconds(results.stream().mapToDouble(ScenarioResult::seconds).sum()));
    }

    private void testCase(ScenarioResult result) throws XMLStreamException {
      start("testcase");
      attribute("classname", "mmexit." + result.variant());
      attribute("name", result.scenario() + " [" + result.variant() + "]");
      attribute("time", seconds(result.seconds()));
      switch (result.verdict()) {
        case AS_EXPECTED -> {}
        case UNEXPECTED -> problem("failure", unexpected(result), result);
        case INCOMPLETE -> problem("error", Verdict.INCOMPLETE.name(), result);
      }
      start("system-out");
      xml.writeCharacters(printable(facts(result)));
      endInline();
      end();
    }

    private void problem(String element, String type, ScenarioResult result)
        throws XMLStreamException {
      start(element);
      attribute("type", type);
      attribute("message", VerdictText.of(result));
      xml.writeCharacters(printable("\n" + text.block(result)));
      endInline();
    }

    /** The kinds that were not expected or are missing: what tells one failure from another. */
    private static String unexpected(ScenarioResult result) {
      List<String> kinds = new ArrayList<>(result.unexpectedKinds());
      if (result.complete()) {
        result.missingKinds().forEach(kind -> kinds.add("missing-" + kind));
      }
      return String.join(",", kinds);
    }

    private static String facts(ScenarioResult result) {
      String extent = result.complete() ? "complete" : "bounded (" + result.bound() + ")";
      String counts =
          String.format(
              Locale.ROOT,
              "%s; %d states, %d executions, %d transitions, %d final states\n",
              extent,
              result.states(),
              result.executions(),
              result.transitions(),
              result.finalStates().size());
      return result.file()
          + "\n"
          + counts
          + result.findings().stream()
              .map(finding -> finding.kind().label() + ": " + finding.schedule() + "\n")
              .collect(Collectors.joining());
    }

    private void property(String name, String value) throws XMLStreamException {
      start("property");
      attribute("name", name);
      attribute("value", value);
      endInline();
    }

    private void start(String element) throws XMLStreamException {
      xml.writeCharacters("\n" + "  ".repeat(depth++));
      xml.writeStartElement(element);
    }

    private void attribute(String name, String value) throws XMLStreamException {
      xml.writeAttribute(name, printable(value));
    }

    private void end() throws XMLStreamException {
      xml.writeCharacters("\n" + "  ".repeat(--depth));
      xml.writeEndElement();
    }

    private void endInline() throws XMLStreamException {
      depth--;
      xml.writeEndElement();
    }

    private static String seconds(double seconds) {
      return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML 1.0 has no way to write some characters. */
    private static String printable(String text) {
      return text.replaceAll(
          "[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
  }
}
