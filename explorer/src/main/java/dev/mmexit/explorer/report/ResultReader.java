package dev.mmexit.explorer.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.mmexit.explorer.MemoryModel;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Shrunk;
import dev.mmexit.explorer.result.Summary;
import dev.mmexit.explorer.result.Tool;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document that {@code check} wrote, one result after the other. It was stored, sent and
 * perhaps cut or edited since, so whatever is wrong with it is said in one sentence with its place,
 * and what it counts is counted again.
 */
final class ResultReader {
  private static final String TOOL = "mmexit";

  private final ObjectReader values;
  private final JsonParser parser;
  private final Counted input;

  /** Where in the document the reader is, as in {@code results[3]}. */
  private String place = "";

  private @Nullable Tool tool;
  private boolean formatSeen;
  private @Nullable String memory;
  private @Nullable List<ScenarioResult> results;
  private @Nullable List<LockGraph> lockGraphs;
  private @Nullable Summary summary;

  /** Not in every document. */
  private List<Shrunk> shrunk = List.of();

  private ResultReader(ObjectMapper mapper, JsonParser parser, Counted input) {
    this.values = mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.parser = parser;
    this.input = input;
  }

  /**
   * Reads the document.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  static CheckResult read(ObjectMapper mapper, Reader reader) throws IOException {
    Counted input = new Counted(reader);
    try (JsonParser parser = mapper.createParser(input)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      ResultReader document = new ResultReader(mapper, parser, input);
      try {
        return document.read();
      } catch (JsonProcessingException e) {
        throw new IOException(document.sentence(e), e);
      }
    }
  }

  /** Counts what it reads, so that the end is known. */
  private static final class Counted extends FilterReader {
    private long count;
    private boolean ended;

    Counted(Reader reader) {
      super(reader);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      ended |= read < 0;
      return read;
    }

    /** How long the document is; as long as can be where its end was not reached. */
    long length() {
      try {
        return ended || in.read() < 0 ? count : Long.MAX_VALUE;
      } catch (IOException e) {
        return Long.MAX_VALUE;
      }
    }
  }

  private CheckResult read() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new IOException("it is empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw foreign();
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      field(parser.currentName());
    }
    place = "";
    if (parser.nextToken() != null) {
      throw new IOException(
          "more follows behind the end of the document, at line "
              + parser.currentTokenLocation().getLineNr());
    }
    return checked();
  }

  private void field(String name) throws IOException {
    place = name;
    parser.nextToken();
    if (!formatSeen && !name.equals("tool") && !name.equals("format")) {
      throw tool == null ? foreign() : unversioned();
    }
    switch (name) {
      case "tool" -> tool = tool();
      case "format" -> format();
      case "memory" -> memory = memory();
      case "results" -> results = list(ScenarioResult.class);
      case "lockGraphs" -> lockGraphs = list(LockGraph.class);
      case "summary" -> summary = value(Summary.class);
      case "shrunk" -> shrunk = list(Shrunk.class);
      default -> throw unknown(name);
    }
  }

  /** What has none of our fields at its beginning is not ours; what has, is spoilt. */
  private IOException unknown(String name) {
    return tool == null
        ? foreign()
        : new IOException(
            "it is no result of mmexit check: there is no field '" + name + "' in one");
  }

  private static IOException foreign() {
    return new IOException("it is no result of mmexit check");
  }

  private static IOException unversioned() {
    return new IOException(
        "it has no format version, as results of early versions of mmexit; this mmexit reads"
            + " version "
            + JsonReport.FORMAT);
  }

  private Tool tool() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw foreign();
    }
    Tool read = value(Tool.class);
    if (!read.name().equals(TOOL)) {
      throw new IOException("it is no result of mmexit check, but of a tool called " + read.name());
    }
    return read;
  }

  private void format() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || !parser.getText().equals(String.valueOf(JsonReport.FORMAT))) {
      throw new IOException(
          "its format version is "
              + parser.getText()
              + "; this mmexit reads version "
              + JsonReport.FORMAT);
    }
    formatSeen = true;
  }

  private @Nullable String memory() throws IOException {
    String label = parser.getValueAsString();
    if (parser.currentToken() != JsonToken.VALUE_NULL && MemoryModel.parse(label) == null) {
      throw bad("it is not kasan, slub or null");
    }
    return label;
  }

  private <T> List<T> list(Class<T> type) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw bad("it is no list");
    }
    String list = place;
    List<T> values = new ArrayList<>();
    while (next(list, values.size()) != JsonToken.END_ARRAY) {
      values.add(value(type));
    }
    return values;
  }

  private @Nullable JsonToken next(String list, int index) throws IOException {
    place = list + "[" + index + "]";
    return parser.nextToken();
  }

  private <T> T value(Class<T> type) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw bad("it is no object");
    }
    return values.readValue(parser, type);
  }

  private CheckResult checked() throws IOException {
    if (tool == null) {
      throw foreign();
    }
    if (!formatSeen) {
      throw unversioned();
    }
    CheckResult result =
        new CheckResult(
            tool,
            memory,
            needed("results", results),
            needed("lockGraphs", lockGraphs),
            needed("summary", summary),
            shrunk);
    if (!result.summary().equals(Summary.of(result.results()))) {
      place = "summary";
      throw bad("it does not count the results that are there");
    }
    for (int i = 0; i < result.results().size(); i++) {
      place = "results[" + i + "]";
      judge(result.results().get(i));
    }
    return unique(result);
  }

  /** A verdict follows from what was found; one that does not is not passed on. */
  private void judge(ScenarioResult result) throws IOException {
    Boolean verdict = ScenarioResult.judge(result.complete(), result.findings(), result.expected());
    if (!Objects.equals(verdict, result.asExpected())) {
      throw bad("asExpected is " + result.asExpected() + ", which its findings do not give");
    }
  }

  private CheckResult unique(CheckResult result) throws IOException {
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < result.results().size(); i++) {
      ScenarioResult one = result.results().get(i);
      if (!seen.add(List.of(one.file(), one.variant()))) {
        place = "results[" + i + "]";
        throw bad(one.file() + " on " + one.variant() + " is there twice");
      }
    }
    return result;
  }

  private static <T> T needed(String name, @Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("it is no result of mmexit check: it has no field '" + name + "'");
    }
    return value;
  }

  private IOException bad(String what) {
    return new IOException("it is no result of mmexit check, at " + place + ": " + what);
  }

  private String sentence(JsonProcessingException e) {
    String path = place + (e instanceof JsonMappingException mapping ? path(mapping) : "");
    JacksonException root = root(e);
    String at = path.isEmpty() ? "" : ", at " + path;
    if (isAtEnd(root)) {
      return "it is truncated: it ends at "
          + location(root)
          + (path.isEmpty() ? "" : ", in " + path);
    }
    if (root instanceof StreamConstraintsException || !(root instanceof JsonMappingException)) {
      return "it is no JSON: " + location(root) + at + ": " + root.getOriginalMessage();
    }
    return "it is no result of mmexit check" + at + ": " + reason(e);
  }

  /** Whether the document ends where more was needed, perhaps within a word. */
  private boolean isAtEnd(JacksonException e) {
    return e instanceof JsonEOFException
        || (e instanceof JsonParseException
            && !place.isEmpty()
            && parser.currentLocation().getCharOffset() >= input.length());
  }

  /** Jackson wraps what was thrown while it read the parts of a record. */
  private static JacksonException root(JsonProcessingException e) {
    return e.getCause() instanceof JsonProcessingException cause ? root(cause) : e;
  }

  private static String reason(JsonProcessingException e) {
    return e.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null
        ? cause.getMessage()
        : e.getOriginalMessage();
  }

  private static String location(JacksonException e) {
    return e.getLocation() == null
        ? "its end"
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /** Where in a value of the document, as in {@code .findings[0].kind}. */
  static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append('.').append(reference.getFieldName());
      }
    }
    return path.toString();
  }
}
