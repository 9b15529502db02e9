package dev.mmexit.reproduce.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Call Trace:",
        "[  363.412071] Call Trace:",
        "[  363.412071][  T123] Call Trace:",
        "[  363.412071] [ T123] Call Trace:",
        "<4>[  363.412071][    C1] Call Trace:",
        "Nov 12 03:14:07 sva-07 kernel: Call Trace:",
        "Nov  2 03:14:07 sva-07 kernel: [ 4242.424242] Call Trace:",
        "2026-11-20T08:01:02.123456+00:00 node7 kernel: Call Trace:",
        "[Thu Nov 19 10:11:12 2026] Call Trace:",
        "kern  :warn  : [    1.234567] Call Trace:",
        "> > [  363.412071] Call Trace:",
        ">> <6>[    0.1] Call Trace:   "
      })
  void whatTheKernelSaidIsLeft(String line) {
    assertThat(Prefixes.strip(1, line).text()).isEqualTo("Call Trace:");
  }

  @ParameterizedTest
  @CsvSource({"[    1.0][   T42] x,T42", "[    1.0][    C3] x,C3", "[    1.0] x,''", "x,''"})
  void whoPrintedItIsKept(String line, String caller) {
    assertThat(Prefixes.strip(1, line).caller()).isEqualTo(caller);
  }
}
