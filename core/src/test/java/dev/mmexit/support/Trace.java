package dev.mmexit.support;

import dev.mmexit.kernel.Context;
import dev.mmexit.kernel.Event;
import dev.mmexit.kernel.EventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AssertProvider;

/**
 * What modelled code did, one line for each event, indented by the functions that are open. A
 * function's line has the errno that it returned, if it returned one. A line {@code [kworker/0]}
 * says who goes on.
 */
public final class Trace implements AssertProvider<TraceAssert> {
  private final List<Line> lines;
  private final Object result;

  Trace(List<Line> lines, Object result) {
    this.lines = List.copyOf(lines);
    this.result = result;
  }

  List<Line> lines() {
    return lines;
  }

  Object result() {
    return result;
  }

  @Override
  public TraceAssert assertThat() {
    return new TraceAssert(this);
  }

  @Override
  public String toString() {
    return String.join("\n", lines.stream().map(Line::toString).toList());
  }

  /** One line; {@code depth} is the number of functions around it. */
  record Line(int depth, String text) {
    @Override
    public String toString() {
      return "  ".repeat(depth) + text;
    }
  }

  /** Makes lines of events. */
  static final class Recorder implements EventSink {
    private final List<Line> lines = new ArrayList<>();
    private final Map<Context, Deque<Integer>> open = new HashMap<>();
    private Context last;

    /** Who is current when the trace begins. */
    Recorder(Context first) {
      last = first;
    }

    List<Line> lines() {
      return lines;
    }

    @Override
    public void accept(Event event) {
      if (event.kind() == Event.Kind.READ) {
        return;
      }
      Deque<Integer> functions = open.computeIfAbsent(event.context(), c -> new ArrayDeque<>());
      if (event.kind() == Event.Kind.LEAVE) {
        Integer entered = functions.poll();
        if (entered != null) {
          lines.set(entered, new Line(lines.get(entered).depth(), event.text()));
        }
        return;
      }
      if (event.context() != last) {
        last = event.context();
        lines.add(new Line(0, "[" + last.name() + "]"));
      }
      if (event.kind() == Event.Kind.ENTER) {
        functions.push(lines.size());
        lines.add(new Line(event.depth() - 1, event.text()));
      } else {
        lines.add(new Line(event.depth(), event.text()));
      }
    }
  }
}
