package dev.mmexit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.w3c.dom.Document;

/**
 * Prints the tables of {@code docs/benchmark.md} and draws its plots. Arguments: the directory with
 * {@code compare.csv} and {@code growth.csv}, and the one for the plots.
 */
public final class BenchmarkPage {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 480;

  private BenchmarkPage() {}

  /** Prints the tables and writes the plots. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: BenchmarkPage DIRECTORY IMAGES");
      System.exit(2);
    }
    print(Path.of(args[0]), System.out);
    draw(Path.of(args[0]), Path.of(args[1]));
  }

  static void print(Path directory, PrintStream out) throws IOException {
    out.print(
        "| scenario | engine | first finding, s | work | complete verdict, s |\n"
            + "| --- | --- | --: | --: | --: |\n");
    for (Map<String, String> row : EnginesTable.rows(directory.resolve("compare.csv"))) {
      out.printf(
          "| %s | %s | %s | %s | %s |%n",
          row.get("scenario"), row.get("engine"), row.get("first"), row.get("work"), seconds(row));
    }
    out.print("\n| what grows | size | states | s |\n| --- | --: | --: | --: |\n");
    for (Map<String, String> row : EnginesTable.rows(directory.resolve("growth.csv"))) {
      out.printf(
          "| %s | %s | %s | %s |%n",
          row.get("growth"), row.get("size"), row.get("states"), seconds(row));
    }
  }

  private static String seconds(Map<String, String> row) {
    String seconds = value(row, "seconds");
    return "true".equals(row.get("complete")) ? seconds : "no: stopped at " + seconds;
  }

  static void draw(Path directory, Path images) throws IOException {
    List<Map<String, String>> rows = EnginesTable.rows(directory.resolve("growth.csv"));
    draw(rows, "states", images.resolve("benchmark-states.svg"));
    draw(rows, "seconds", images.resolve("benchmark-seconds.svg"));
  }

  private static void draw(List<Map<String, String>> rows, String what, Path file)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(what + " of a complete exploration, one worker")
            .xAxisTitle("how many")
            .yAxisTitle(what)
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setXAxisDecimalPattern("0");
    Map<String, List<Map<String, String>>> series = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      if ("true".equals(row.get("complete"))) {
        series.computeIfAbsent(value(row, "growth"), name -> new ArrayList<>()).add(row);
      }
    }
    series.forEach(
        (name, points) ->
            chart.addSeries(
                name,
                numbers(points, row -> Double.parseDouble(value(row, "size"))),
                numbers(points, row -> Math.max(Double.parseDouble(value(row, what)), 0.001))));
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    chart.paint(graphics, WIDTH, HEIGHT);
    try (Writer writer = Files.newBufferedWriter(file)) {
      graphics.stream(writer, true);
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  private static double[] numbers(
      List<Map<String, String>> rows, ToDoubleFunction<Map<String, String>> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
