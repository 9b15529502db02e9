package dev.mmexit.explorer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In what variants differ from the code as posted: a table of the finding kinds of each scenario on
 * each variant that shows others. What it says nothing of is expected to be as with the code as
 * posted.
 */
public final class Differences {
  /** What stands in the table for no finding. */
  private static final String CLEAN = "clean";

  private static final CsvMapper MAPPER =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();
  private static final CsvSchema SCHEMA =
      MAPPER.schemaFor(Row.class).withHeader().withStrictHeaders(true);

  private final Map<Row, List<String>> expected = new HashMap<>();

  /**
   * A line of the table.
   *
   * @param expected the labels of the kinds, with spaces between them, or {@code clean}
   */
  @JsonPropertyOrder({"variant", "scenario", "expected"})
  public record Row(String variant, String scenario, String expected) {
    /** The line that says that a scenario shows {@code kinds} on a variant. */
    public static Row of(String variant, String scenario, List<String> kinds) {
      return new Row(variant, scenario, kinds.isEmpty() ? CLEAN : String.join(" ", kinds));
    }

    Row key() {
      return new Row(variant, scenario, "");
    }
  }

  private Differences() {}

  /**
   * Reads a table.
   *
   * @param variants the variants that it may name
   * @throws IOException where it cannot be read, or is no such table: said in one sentence
   */
  public static Differences read(Reader reader, Collection<String> variants) throws IOException {
    Differences differences = new Differences();
    ObjectReader rows = MAPPER.readerFor(Row.class).with(SCHEMA);
    try (MappingIterator<Row> iterator = rows.readValues(reader)) {
      while (iterator.hasNext()) {
        Row row = iterator.next();
        differences.add(row, iterator.getCurrentLocation().getLineNr() - 1, variants);
      }
    } catch (JsonProcessingException e) {
      throw new IOException("no table of differences: " + e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof JsonProcessingException cause) {
        throw new IOException("no table of differences: " + cause.getOriginalMessage(), e);
      }
      throw e;
    }
    return differences;
  }

  private void add(Row row, int line, Collection<String> variants) throws IOException {
    if (!variants.contains(row.variant)) {
      throw new IOException("line " + line + ": there is no variant '" + row.variant + "'");
    }
    List<String> kinds = new ArrayList<>();
    for (String label : row.expected.split(" ", -1)) {
      if (label.equals(CLEAN) && row.expected.equals(CLEAN)) {
        break;
      }
      if (FindingKind.parse(label).isEmpty()) {
        throw new IOException("line " + line + ": '" + label + "' is not a finding kind");
      }
      kinds.add(label);
    }
    if (expected.put(row.key(), kinds) != null) {
      throw new IOException(
          "line " + line + ": " + row.scenario + " on " + row.variant + " is there twice");
    }
  }

  /** What the table says of a scenario on a variant. */
  public Optional<List<String>> expected(String variant, String scenario) {
    return Optional.ofNullable(expected.get(new Row(variant, scenario, "")));
  }

  /** Writes a table. The writer stays open. */
  public static void write(List<Row> rows, Writer writer) throws IOException {
    try (SequenceWriter sequence =
        MAPPER
            .writerFor(Row.class)
            .with(SCHEMA)
            .without(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .writeValues(writer)) {
      sequence.writeAll(rows);
    }
  }
}
