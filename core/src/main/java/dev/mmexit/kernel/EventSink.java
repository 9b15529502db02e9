package dev.mmexit.kernel;

/** Listens to what an execution does. */
@FunctionalInterface
public interface EventSink {
  /** Listens to nothing. */
  EventSink NONE = event -> {};

  /** Called after each event, in the context that caused it. */
  void accept(Event event);
}
