package dev.mmexit.explorer.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event of a trace, in the names of the Trace Event Format.
 *
 * @param name what the viewer shows
 * @param cat the category
 * @param ph the phase: what kind of event it is
 * @param ts when, in microseconds
 * @param dur how long, in microseconds; for a complete event
 * @param pid the process
 * @param tid the thread
 * @param id what belongs together; for asynchronous events and flows
 * @param bp {@code e} for a flow that ends in the slice around it
 * @param s how far an instant reaches
 * @param args what the viewer shows on demand
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TraceEvent(
    String name,
    @Nullable String cat,
    String ph,
    @Nullable Double ts,
    @Nullable Double dur,
    int pid,
    int tid,
    @Nullable String id,
    @Nullable String bp,
    @Nullable String s,
    @Nullable Map<String, String> args) {
  TraceEvent {
    args = args == null ? null : new TreeMap<>(args);
  }

  static TraceEvent metadata(String name, int pid, int tid, String key, String value) {
    return new TraceEvent(
        name, null, "M", null, null, pid, tid, null, null, null, Map.of(key, value));
  }

  /** Something that took its time. */
  static TraceEvent slice(
      String name,
      String category,
      double start,
      double end,
      int pid,
      int tid,
      @Nullable Map<String, String> args) {
    return new TraceEvent(
        name, category, "X", start, end - start, pid, tid, null, null, null, args);
  }

  /** The begin ({@code b}) or end ({@code e}) of what may overlap others of its thread. */
  static TraceEvent async(
      String phase, String name, String category, double time, int pid, int tid, String id) {
    return new TraceEvent(name, category, phase, time, null, pid, tid, id, null, null, null);
  }

  /** The start ({@code s}) or finish ({@code f}) of an arrow. */
  static TraceEvent flow(
      String phase, String name, String category, double time, int pid, int tid, String id) {
    String binding = phase.equals("f") ? "e" : null;
    return new TraceEvent(name, category, phase, time, null, pid, tid, id, binding, null, null);
  }

  /** A moment of the whole process. */
  static TraceEvent instant(
      String name, String category, double time, int pid, int tid, Map<String, String> args) {
    return new TraceEvent(name, category, "i", time, null, pid, tid, null, null, "p", args);
  }
}
