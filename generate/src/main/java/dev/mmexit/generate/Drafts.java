package dev.mmexit.generate;

import dev.mmexit.generate.OperationKind.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios up to a size, one after the other: fewer operations first, then smaller set-ups. Of
 * those that differ only by names or by the order of threads, the first is the only one.
 */
final class Drafts implements Iterator<Draft> {
  /** What is fixed before operations are chosen: the set-up, and how many each thread has. */
  private record Skeleton(List<Op> setup, List<Integer> lengths) {}

  private final Size size;
  private final Plausibility plausibility;
  private final List<GroupKind> groupKinds;
  private final Iterator<Skeleton> skeletons;
  private @Nullable Skeleton skeleton;

  /** What is still to be tried at each place of the race, the last place on top. */
  private final Deque<Iterator<Op>> choices = new ArrayDeque<>();

  private final List<Op> chosen = new ArrayList<>();
  private final Deque<Draft> ready = new ArrayDeque<>();

  Drafts(Size size, Plausibility plausibility) {
    this.size = size;
    this.plausibility = plausibility;
    groupKinds = size.groupKinds();
    skeletons = skeletons(size).iterator();
  }

  private static List<Skeleton> skeletons(Size size) {
    List<List<Op>> setUps = SetUps.of(size);
    List<Skeleton> skeletons = new ArrayList<>();
    for (int total = size.threads(); total <= size.threads() * size.operations(); total++) {
      List<List<Integer>> splits = new ArrayList<>();
      split(total, size.threads(), size.operations(), new ArrayList<>(), splits);
      for (List<Op> setup : setUps) {
        splits.forEach(lengths -> skeletons.add(new Skeleton(setup, lengths)));
      }
    }
    return skeletons;
  }

  /** The ways to deal operations to threads, longer ones first. */
  private static void split(
      int total, int threads, int most, List<Integer> lengths, List<List<Integer>> found) {
    if (threads == 0) {
      if (total == 0) {
        found.add(List.copyOf(lengths));
      }
      return;
    }
    for (int length = Math.min(most, total - threads + 1); length >= 1; length--) {
      lengths.add(length);
      split(total - length, threads - 1, length, lengths, found);
      lengths.remove(lengths.size() - 1);
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      if (choices.isEmpty()) {
        if (!skeletons.hasNext()) {
          return false;
        }
        skeleton = skeletons.next();
        choices.push(next(skeleton).iterator());
      }
      advance(skeleton);
    }
    return true;
  }

  @Override
  public Draft next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Goes to the next choice at the last place; where there is none, takes the place away. */
  private void advance(@Nullable Skeleton at) {
    if (at == null) {
      return;
    }
    if (chosen.size() == choices.size()) {
      chosen.remove(chosen.size() - 1);
    }
    Iterator<Op> here = choices.element();
    if (!here.hasNext()) {
      choices.pop();
      return;
    }
    chosen.add(here.next());
    List<List<Op>> threads = threads(at.lengths);
    if (plausibility == Plausibility.PLAUSIBLE && !PlausibleUse.mayBecome(at.setup, threads)) {
      return;
    }
    int total = at.lengths.stream().mapToInt(Integer::intValue).sum();
    if (chosen.size() < total) {
      choices.push(next(at).iterator());
    } else if (allows(at.setup, threads)) {
      complete(at.setup, threads);
    }
  }

  private boolean allows(List<Op> setup, List<List<Op>> threads) {
    return Sound.allows(setup, threads)
        && (plausibility == Plausibility.ANY || PlausibleUse.allows(setup, threads));
  }

  /** The operations chosen so far, dealt to threads. */
  private List<List<Op>> threads(List<Integer> lengths) {
    List<List<Op>> threads = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      int to = Math.min(chosen.size(), from + length);
      threads.add(List.copyOf(chosen.subList(from, to)));
      from = to;
    }
    return threads;
  }

  /** Every operation that can come next: on objects that were named before, or on the next one. */
  private List<Op> next(Skeleton at) {
    Numbering used =
        new Numbering(size.containers(), size.groups(), size.processes()).add(at.setup).add(chosen);
    List<Op> next = new ArrayList<>();
    for (OperationKind kind : size.uses()) {
      if (kind != OperationKind.OPEN) {
        add(kind, used, next);
      }
    }
    return next;
  }

  private void add(OperationKind kind, Numbering used, List<Op> next) {
    List<Role> roles = kind.roles();
    boolean device = roles.contains(Role.DEVICE);
    for (int c :
        numbers(roles.contains(Role.CONTAINER), used.count(Role.CONTAINER), size.containers())) {
      for (int g :
          numbers(device || roles.contains(Role.GROUP), used.count(Role.GROUP), size.groups())) {
        for (int d : numbers(device, size.devices(), size.devices())) {
          int known = used.count(Role.PROCESS);
          long processes = roles.stream().filter(Drafts::isProcess).count();
          for (int p : numbers(processes > 0, known, size.processes())) {
            int then = Math.max(known, p + 1);
            for (int q : numbers(processes > 1, then, size.processes())) {
              if (!roles.contains(Role.CHILD) || p != q) {
                next.add(new Op(kind, c, g, d, p, q));
              }
            }
          }
        }
      }
    }
  }

  private static boolean isProcess(Role role) {
    return role == Role.PROCESS || role == Role.CALLER || role == Role.CHILD;
  }

  /** The numbers that an argument can have: those known, and the next one if there may be more. */
  private static int[] numbers(boolean wanted, int known, int most) {
    if (!wanted) {
      return new int[] {Op.NONE};
    }
    int[] numbers = new int[Math.min(known + 1, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /** The race is complete: groups are still to be chosen. */
  private void complete(List<Op> setup, List<List<Op>> threads) {
    int groups = 0;
    for (Op op : new Draft(setup, threads, List.of()).operations()) {
      groups = Math.max(groups, op.group() + 1);
    }
    List<List<Integer>> orders = ThreadOrders.of(threads);
    withGroups(new Draft(setup, threads, List.of()), groups, orders);
  }

  private void withGroups(Draft draft, int more, List<List<Integer>> orders) {
    if (more == 0) {
      if (hasItsDevices(draft)
          && Sound.allows(draft)
          && (plausibility == Plausibility.ANY || PlausibleUse.allows(draft))
          && ThreadOrders.isFirst(draft, orders)) {
        ready.add(draft);
      }
      return;
    }
    for (GroupKind kind : groupKinds) {
      List<GroupKind> groups = new ArrayList<>(draft.groups());
      groups.add(kind);
      withGroups(new Draft(draft.setup(), draft.threads(), groups), more - 1, orders);
    }
  }

  private static boolean hasItsDevices(Draft draft) {
    return draft.operations().stream()
        .allMatch(
            op -> op.device() == Op.NONE || op.device() < draft.groups().get(op.group()).devices());
  }
}
