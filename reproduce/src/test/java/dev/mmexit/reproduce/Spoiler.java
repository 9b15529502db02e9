package dev.mmexit.reproduce;

import java.util.ArrayList;
import java.util.List;

/** Does to a report what loggers and mailers do. */
enum Spoiler {
  NOTHING {
    @Override
    String line(String line, int number) {
      return line;
    }
  },
  TIMESTAMPS {
    @Override
    String line(String line, int number) {
      return String.format(java.util.Locale.ROOT, "[%5d.%06d] %s", 100 + number, number, line);
    }
  },
  CALLERS {
    @Override
    String line(String line, int number) {
      return String.format(java.util.Locale.ROOT, "<4>[%5d.%06d][  T123] %s", 100, number, line);
    }
  },
  SYSLOG {
    @Override
    String line(String line, int number) {
      return "Nov  9 08:07:06 host kernel: [  100.000001] " + line;
    }
  },
  MAIL {
    @Override
    String line(String line, int number) {
      return "> > " + line;
    }
  },
  WRAPPED_MAIL {
    @Override
    String line(String line, int number) {
      String quoted = "[  100.000001] " + line;
      return "> " + wrapped(quoted);
    }
  };

  private static final int WIDTH = 66;

  abstract String line(String line, int number);

  /** The report, spoilt. */
  String spoil(String report) {
    List<String> lines = new ArrayList<>();
    List<String> before = report.lines().toList();
    for (int i = 0; i < before.size(); i++) {
      lines.add(line(before.get(i), i));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String wrapped(String line) {
    int cut = line.length() > WIDTH ? line.lastIndexOf(' ', WIDTH) : -1;
    return cut <= 20 ? line : line.substring(0, cut) + "\n> " + wrapped(line.substring(cut + 1));
  }
}
