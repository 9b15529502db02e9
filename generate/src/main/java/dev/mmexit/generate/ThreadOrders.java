package dev.mmexit.generate;

import java.util.ArrayList;
import java.util.List;

/** The orders of threads, and which of them comes first. */
final class ThreadOrders {
  private ThreadOrders() {}

  /** The orders, but for that as it is, in which the number of operations of each thread stays. */
  static List<List<Integer>> of(List<List<Op>> threads) {
    List<List<Integer>> found = new ArrayList<>();
    extend(threads, new ArrayList<>(), found);
    return found.subList(1, found.size());
  }

  private static void extend(
      List<List<Op>> threads, List<Integer> order, List<List<Integer>> found) {
    if (order.size() == threads.size()) {
      found.add(List.copyOf(order));
      return;
    }
    int length = threads.get(order.size()).size();
    for (int thread = 0; thread < threads.size(); thread++) {
      if (!order.contains(thread) && threads.get(thread).size() == length) {
        order.add(thread);
        extend(threads, order, found);
        order.remove(order.size() - 1);
      }
    }
  }

  /** Whether no other order of threads, numbered anew, comes before the draft as it is. */
  static boolean isFirst(Draft draft, List<List<Integer>> orders) {
    return orders.stream().noneMatch(order -> compare(reordered(draft, order), draft) < 0);
  }

  /** The same with threads in another order, its objects numbered anew. */
  static Draft reordered(Draft draft, List<Integer> order) {
    int containers = 0;
    int processes = 0;
    for (Op op : draft.operations()) {
      containers = Math.max(containers, op.container() + 1);
      processes = Math.max(processes, Math.max(op.process(), op.other()) + 1);
    }
    int groups = draft.groups().size();
    Numbering numbers = new Numbering(containers, groups, processes).add(draft.setup());
    List<List<Op>> threads = new ArrayList<>();
    for (int thread : order) {
      threads.add(draft.threads().get(thread).stream().map(op -> op.with(numbers)).toList());
    }
    GroupKind[] kinds = new GroupKind[groups];
    for (int group = 0; group < groups; group++) {
      kinds[numbers.group(group)] = draft.groups().get(group);
    }
    return new Draft(draft.setup(), threads, List.of(kinds));
  }

  /** Which of two drafts with one set-up, and threads of the same lengths, comes first. */
  static int compare(Draft one, Draft other) {
    for (int thread = 0; thread < one.threads().size(); thread++) {
      int byThread = compare(one.threads().get(thread), other.threads().get(thread));
      if (byThread != 0) {
        return byThread;
      }
    }
    return compare(one.groups(), other.groups());
  }

  private static <T extends Comparable<T>> int compare(List<T> one, List<T> other) {
    for (int i = 0; i < one.size(); i++) {
      int byPlace = one.get(i).compareTo(other.get(i));
      if (byPlace != 0) {
        return byPlace;
      }
    }
    return 0;
  }
}
