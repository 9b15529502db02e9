package dev.mmexit.explorer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.mmexit.explorer.compare.Comparison;
import dev.mmexit.explorer.result.CheckResult;
import dev.mmexit.explorer.result.LockEdge;
import dev.mmexit.explorer.result.LockGraph;
import dev.mmexit.explorer.result.ReplayResult;
import dev.mmexit.explorer.result.ScenarioResult;
import dev.mmexit.explorer.result.Shrunk;
import dev.mmexit.explorer.result.Summary;
import dev.mmexit.explorer.result.SweepResult;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.explorer.result.Tool;
import dev.mmexit.kernel.FindingKind;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results as JSON documents, written and read back. The fields are the components of the records of
 * {@code result}, in their order; {@code check.schema.json}, {@code replay.schema.json} and {@code
 * lockdep.schema.json} beside this class describe them.
 */
public final class JsonReport {
  /** The version of the document of {@code check}: another one has or means something else. */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(labels())
          .annotationIntrospector(new RecordNulls())
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();
  private static final Separators SEPARATORS =
      Separators.createDefaultInstance()
          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayEmptySeparator("");
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter(SEPARATORS)
              .withObjectIndenter(INDENTER)
              .withArrayIndenter(INDENTER));

  /** A result with the version of its format. */
  private record Document(
      Tool tool,
      int format,
      @Nullable String memory,
      List<ScenarioResult> results,
      List<LockGraph> lockGraphs,
      Summary summary,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Shrunk> shrunk) {}

  private JsonReport() {}

  /** Writes the document of {@code check}. The writer stays open. */
  public static void write(CheckResult result, Writer writer) throws IOException {
    writeDocument(
        new Document(
            result.tool(),
            FORMAT,
            result.memory(),
            result.results(),
            result.lockGraphs(),
            result.summary(),
            result.shrunk()),
        writer);
  }

  /** Writes the document of {@code replay}. The writer stays open. */
  public static void write(ReplayResult result, Writer writer) throws IOException {
    writeDocument(result, writer);
  }

  /** Writes the document of {@code lockdep}. The writer stays open. */
  public static void write(LockGraph graph, Writer writer) throws IOException {
    writeDocument(graph, writer);
  }

  /**
   * Reads a document that {@code lockdep} wrote.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  public static LockGraph readLockGraph(Reader reader) throws IOException {
    return read(reader, LockGraph.class, "mmexit lockdep");
  }

  /**
   * Reads a document that {@code check} wrote.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  public static CheckResult read(Reader reader) throws IOException {
    return ResultReader.read(MAPPER, reader);
  }

  /**
   * Reads a document that {@code replay} wrote.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  public static ReplayResult readReplay(Reader reader) throws IOException {
    return read(reader, ReplayResult.class, "mmexit replay");
  }

  /** Writes the document of {@code compare}. The writer stays open. */
  public static void write(Comparison comparison, Writer writer) throws IOException {
    writeDocument(comparison, writer);
  }

  /**
   * Reads a document that {@code compare} wrote.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  public static Comparison readComparison(Reader reader) throws IOException {
    return read(reader, Comparison.class, "mmexit compare");
  }

  /** Writes the document of {@code check --generated}. The writer stays open. */
  public static void write(SweepResult sweep, Writer writer) throws IOException {
    writeDocument(sweep, writer);
  }

  /**
   * Reads a document that {@code check --generated} wrote.
   *
   * @throws IOException where it cannot be read, or is no such document: said in one sentence
   */
  public static SweepResult readSweep(Reader reader) throws IOException {
    return read(reader, SweepResult.class, "mmexit check --generated");
  }

  /** Writes any value of records, lists and strings in the same manner. The writer stays open. */
  public static void writeDocument(Object document, Writer writer) throws IOException {
    WRITER.writeValue(writer, document);
    writer.write('\n');
    writer.flush();
  }

  private static <T> T read(Reader reader, Class<T> type, String command) throws IOException {
    try {
      return Optional.ofNullable(MAPPER.readValue(reader, type))
          .orElseThrow(() -> new IOException("it is no result of " + command + ", but null"));
    } catch (JsonProcessingException e) {
      String path = e instanceof JsonMappingException mapping ? ResultReader.path(mapping) : "";
      throw new IOException(
          "it is no result of "
              + command
              + (path.isEmpty() ? "" : ", at " + path)
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static SimpleModule labels() {
    SimpleModule module = new SimpleModule();
    addLabels(module, FindingKind.class, FindingKind::label, FindingKind::parse);
    addLabels(module, ThreadStatus.class, ThreadStatus::label, ThreadStatus::parse);
    addLabels(module, LockEdge.Kind.class, LockEdge.Kind::label, LockEdge.Kind::parse);
    return module;
  }

  private static <T> void addLabels(
      SimpleModule module,
      Class<T> type,
      Function<T, String> label,
      Function<String, Optional<T>> parse) {
    module.addSerializer(type, new LabelWriter<>(type, label));
    module.addDeserializer(type, new LabelReader<>(type, parse));
  }

  private static final class LabelWriter<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Function<T, String> label;

    LabelWriter(Class<T> type, Function<T, String> label) {
      super(type);
      this.label = label;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(label.apply(value));
    }
  }

  private static final class LabelReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Function<String, Optional<T>> parse;

    LabelReader(Class<T> type, Function<String, Optional<T>> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getValueAsString("");
      Optional<T> value = parse.apply(text);
      if (value.isEmpty()) {
        throw context.weirdStringException(text, handledType(), "not one of its names");
      }
      return value.get();
    }
  }
}
