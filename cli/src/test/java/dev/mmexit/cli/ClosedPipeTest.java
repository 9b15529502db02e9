package dev.mmexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that nobody reads any more, or that fails otherwise. */
class ClosedPipeTest extends CliTest {
  /** Takes so many bytes, and then fails. */
  private static final class Ending extends OutputStream {
    private int left;

    Ending(int bytes) {
      left = bytes;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException("Broken pipe");
      }
    }
  }

  private int run(OutputStream stream, String... args) {
    StringWriter errText = new StringWriter();
    PrintWriter writer =
        new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    Session session =
        new Session(writer, new PrintWriter(errText), environment, facade(), renderers);
    int status = Main.run(args, session);
    err = errText.toString();
    return status;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void endsAtOnceAndInSilence(int bytes) throws IOException {
    String[] args = {"check", scenario("a"), scenario("b"), scenario("c")};
    assertThat(run(ClosedPipe.guard(new Ending(bytes)), args)).isEqualTo(141);
    assertThat(err).isEmpty();
    assertThat(checker.checked).hasSize(1);
  }

  @Test
  void whatIsReadToItsEndIsNot() throws IOException {
    assertThat(run(ClosedPipe.guard(new Ending(1_000_000)), "check", scenario("a"))).isZero();
  }

  @Test
  void otherOutputThatFailsIsSaidSo() throws IOException {
    assertThat(run(new Ending(1), "check", scenario("a"))).isEqualTo(2);
    assertThat(err).contains("the output could not be written");
  }
}
