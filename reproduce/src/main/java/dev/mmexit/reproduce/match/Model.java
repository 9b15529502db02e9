package dev.mmexit.reproduce.match;

import dev.mmexit.reproduce.read.Frame;
import dev.mmexit.reproduce.read.RaceReport;
import dev.mmexit.reproduce.read.ReportedThread;
import dev.mmexit.reproduce.read.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the model has: the functions that open a frame, and the locks and events. Two lists beside
 * this class hold them; a test takes them from the model's source and compares.
 */
public final class Model {
  private static final Model INSTANCE = new Model(read("functions.txt"), read("locks.txt"));
  private static final String MM = "mm";

  private final Map<String, String> functions;
  private final Map<String, String> locks;

  private Model(Map<String, String> functions, Map<String, String> locks) {
    this.functions = functions;
    this.locks = locks;
  }

  /** The model of this program. */
  public static Model get() {
    return INSTANCE;
  }

  /** Whether it has that function. */
  public boolean has(String function) {
    return functions.containsKey(function);
  }

  /** The functions that it has. */
  public Set<String> functions() {
    return functions.keySet();
  }

  /** The names of the classes of locks, and of the events. */
  Set<String> locks() {
    return locks.keySet();
  }

  /** What kind of lock or event has that name. */
  Waits waits(String lock) {
    String type = locks.getOrDefault(lock, "");
    return switch (type) {
      case "mutex" -> Waits.MUTEX;
      case "rwsem" -> Waits.RW_SEMAPHORE;
      case "spinlock" -> Waits.SPIN_LOCK;
      case "srcu" -> Waits.SRCU;
      case "work" -> Waits.WORK;
      case "event" -> Waits.EVENT;
      default -> Waits.UNKNOWN;
    };
  }

  /**
   * How much a report is about the model: 0 for not at all, 1 where only frames say so that the
   * unwinder does not stand for, 2 where all that it has of the model is how any process ends, 3
   * otherwise.
   */
  public int rank(RaceReport report) {
    int rank = 0;
    for (ReportedThread thread : report.threads()) {
      for (Frame frame : thread.frames()) {
        String layer = functions.get(frame.function());
        if (layer != null) {
          rank = Math.max(rank, !frame.reliable() ? 1 : layer.equals(MM) ? 2 : 3);
        }
      }
    }
    return rank;
  }

  private static Map<String, String> read(String name) {
    Map<String, String> entries = new LinkedHashMap<>();
    try (InputStream in = Objects.requireNonNull(Model.class.getResourceAsStream(name), name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int tab = line.indexOf('\t');
        entries.put(line.substring(0, tab), line.substring(tab + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }
}
