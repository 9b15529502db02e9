package dev.mmexit.explorer.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mmexit.explorer.Golden;
import dev.mmexit.explorer.Samples;
import dev.mmexit.explorer.result.CheckResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class JunitRendererTest {
  private final JunitRenderer renderer = new JunitRenderer();

  @Test
  void followsItsSchema() throws Exception {
    validate(Drawn.all(renderer, Samples.mixed().withMemory("kasan")));
    validate(Drawn.all(renderer, Drawn.hostile()));
    validate(Drawn.all(renderer, CheckResult.of(Samples.TOOL, List.of())));
    assertThatThrownBy(() -> validate("<testsuites/>")).isInstanceOf(SAXException.class);
    Golden.check("render-mixed.junit.xml", Drawn.all(renderer, Samples.mixed()));
  }

  @Test
  void anotherProgramReadsTheSameVerdicts() throws Exception {
    String document = Drawn.all(renderer, Samples.mixed());
    ReportTestSuite suite =
        new TestSuiteXmlParser(new NullConsoleLogger())
            .parse(
                new InputStreamReader(
                    new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.UTF_8))
            .get(0);
    assertThat(suite.getNumberOfTests()).isEqualTo(6);
    assertThat(suite.getNumberOfFailures()).isEqualTo(3);
    assertThat(suite.getNumberOfErrors()).isEqualTo(1);
    assertThat(suite.getTestCases())
        .extracting("name", "successful")
        .contains(
            org.assertj.core.api.Assertions.tuple("exit-vs-detach [v2]", true),
            org.assertj.core.api.Assertions.tuple("repaired [v2]", false),
            org.assertj.core.api.Assertions.tuple("long-one [v2]", false));
  }

  private static void validate(String document) throws SAXException, IOException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitRendererTest.class.getResource("/junit-report.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(document)));
  }
}
