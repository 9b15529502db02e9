package dev.mmexit.explorer.search;

import java.util.List;

/**
 * Who takes which step, by the names that contexts have in every execution.
 *
 * @param preemptions the switches away from a context that could have gone on
 * @param labels the context of each step
 */
public record Schedule(int preemptions, List<String> labels) implements Comparable<Schedule> {
  @Override
  public int compareTo(Schedule other) {
    if (preemptions != other.preemptions) {
      return Integer.compare(preemptions, other.preemptions);
    }
    if (labels.size() != other.labels.size()) {
      return Integer.compare(labels.size(), other.labels.size());
    }
    for (int i = 0; i < labels.size(); i++) {
      int order = labels.get(i).compareTo(other.labels.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
