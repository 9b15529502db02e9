package dev.mmexit.generate;

import dev.mmexit.generate.OperationKind.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Every scenario up to a size in the plainest way: all of them, with whatever numbers objects have
 * and threads in any order; then every renaming of each is written down, and the first text stands
 * for them all. Set-ups of {@code attach} and {@code bind} only.
 */
final class NaiveEnumeration {
  private final Size size;
  private final Plausibility plausibility;
  private final List<List<Integer>> containerOrders;
  private final List<List<Integer>> groupOrders;
  private final List<List<Integer>> processOrders;
  private final List<List<Integer>> threadOrders;
  private final Set<String> classes = new TreeSet<>();

  private NaiveEnumeration(Size size, Plausibility plausibility) {
    this.size = size;
    this.plausibility = plausibility;
    containerOrders = permutations(size.containers());
    groupOrders = permutations(size.groups());
    processOrders = permutations(size.processes());
    threadOrders = permutations(size.threads());
  }

  /** A text for each equivalence class. */
  static Set<String> of(Size size, Plausibility plausibility) {
    NaiveEnumeration enumeration = new NaiveEnumeration(size, plausibility);
    enumeration.setUps(
        setup ->
            enumeration.threads(new ArrayList<>(), threads -> enumeration.kinds(setup, threads)));
    return enumeration.classes;
  }

  /** The text of the class of a scenario. */
  static String text(Size size, Draft draft) {
    List<GroupKind> kinds = new ArrayList<>(draft.groups());
    while (kinds.size() < size.groups()) {
      kinds.add(size.groupKinds().get(0));
    }
    return new NaiveEnumeration(size, Plausibility.ANY)
        .first(draft.setup(), draft.threads(), kinds);
  }

  private void setUps(Consumer<List<Op>> consumer) {
    places(new ArrayList<>(), places -> binds(places, consumer));
  }

  /** Which container each group is in before the race. */
  private void places(List<Integer> places, Consumer<List<Integer>> consumer) {
    if (places.size() == size.groups()) {
      consumer.accept(places);
      return;
    }
    for (int container = -1; container < size.containers(); container++) {
      places.add(container);
      places(places, consumer);
      places.remove(places.size() - 1);
    }
  }

  private void binds(List<Integer> places, Consumer<List<Op>> consumer) {
    List<Op> attaches = new ArrayList<>();
    for (int group = 0; group < places.size(); group++) {
      if (places.get(group) >= 0) {
        attaches.add(Op.ofGroup(OperationKind.ATTACH, places.get(group), group));
      }
    }
    attaches.sort(Comparator.naturalOrder());
    int pairs = size.containers() * size.processes();
    for (int subset = 0; subset < 1 << pairs; subset++) {
      List<Op> setup = new ArrayList<>(attaches);
      for (int pair = 0; pair < pairs; pair++) {
        if ((subset >> pair & 1) == 1) {
          setup.add(
              Op.ofProcess(OperationKind.BIND, pair / size.processes(), pair % size.processes()));
        }
      }
      if (setup.size() <= size.setup()) {
        consumer.accept(setup);
      }
    }
  }

  private void threads(List<List<Op>> threads, Consumer<List<List<Op>>> consumer) {
    if (threads.size() == size.threads()) {
      consumer.accept(threads);
      return;
    }
    thread(
        new ArrayList<>(),
        thread -> {
          threads.add(List.copyOf(thread));
          threads(threads, consumer);
          threads.remove(threads.size() - 1);
        });
  }

  private void thread(List<Op> thread, Consumer<List<Op>> consumer) {
    if (!thread.isEmpty()) {
      consumer.accept(thread);
    }
    if (thread.size() < size.operations()) {
      for (Op op : operations()) {
        thread.add(op);
        thread(thread, consumer);
        thread.remove(thread.size() - 1);
      }
    }
  }

  private List<Op> operations() {
    List<Op> all = new ArrayList<>();
    for (OperationKind kind : size.uses()) {
      long processes =
          kind.roles().stream()
              .filter(role -> role == Role.PROCESS || role == Role.CALLER || role == Role.CHILD)
              .count();
      boolean device = kind.roles().contains(Role.DEVICE);
      for (int c : numbers(kind.roles().contains(Role.CONTAINER), size.containers())) {
        for (int g : numbers(device || kind.roles().contains(Role.GROUP), size.groups())) {
          for (int d : numbers(device, size.devices())) {
            for (int p : numbers(processes > 0, size.processes())) {
              for (int q : numbers(processes > 1, size.processes())) {
                if (p != q || !kind.roles().contains(Role.CHILD)) {
                  all.add(new Op(kind, c, g, d, p, q));
                }
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static int[] numbers(boolean wanted, int count) {
    return wanted ? IntStream.range(0, count).toArray() : new int[] {Op.NONE};
  }

  private void kinds(List<Op> setup, List<List<Op>> threads) {
    kinds(setup, threads, new ArrayList<>());
  }

  private void kinds(List<Op> setup, List<List<Op>> threads, List<GroupKind> kinds) {
    if (kinds.size() < size.groups()) {
      for (GroupKind kind : size.groupKinds()) {
        kinds.add(kind);
        kinds(setup, threads, kinds);
        kinds.remove(kinds.size() - 1);
      }
      return;
    }
    Draft draft = new Draft(setup, threads, List.copyOf(kinds));
    boolean devices =
        draft.operations().stream()
            .allMatch(
                op -> op.device() == Op.NONE || op.device() < kinds.get(op.group()).devices());
    if (devices
        && Sound.allows(setup, threads)
        && Sound.allows(draft)
        && (plausibility == Plausibility.ANY
            || (PlausibleUse.allows(setup, threads) && PlausibleUse.allows(draft)))) {
      classes.add(first(setup, threads, kinds));
    }
  }

  /** The first of the texts of all renamings. */
  private String first(List<Op> setup, List<List<Op>> threads, List<GroupKind> kinds) {
    String first = null;
    for (List<Integer> containers : containerOrders) {
      for (List<Integer> groups : groupOrders) {
        for (List<Integer> processes : processOrders) {
          for (List<Integer> order : threadOrders) {
            StringBuilder text = new StringBuilder();
            Set<Integer> used = new HashSet<>();
            setup.forEach(op -> write(op, containers, groups, processes, used, text));
            for (int thread : order) {
              text.append('|');
              threads
                  .get(thread)
                  .forEach(op -> write(op, containers, groups, processes, used, text));
            }
            for (int number = 0; number < groups.size(); number++) {
              int old = groups.indexOf(number);
              text.append(used.contains(old) ? " " + kinds.get(old) : "");
            }
            if (first == null || text.compareTo(new StringBuilder(first)) < 0) {
              first = text.toString();
            }
          }
        }
      }
    }
    return first;
  }

  private static void write(
      Op op,
      List<Integer> containers,
      List<Integer> groups,
      List<Integer> processes,
      Set<Integer> used,
      StringBuilder text) {
    text.append(op.kind().word());
    text.append(op.container() == Op.NONE ? "" : " c" + containers.get(op.container()));
    text.append(op.group() == Op.NONE ? "" : " g" + groups.get(op.group()));
    text.append(op.device() == Op.NONE ? "" : " d" + op.device());
    text.append(op.process() == Op.NONE ? "" : " p" + processes.get(op.process()));
    text.append(op.other() == Op.NONE ? "" : " q" + processes.get(op.other()));
    text.append(';');
    used.add(op.group());
  }

  private static List<List<Integer>> permutations(int count) {
    List<List<Integer>> found = new ArrayList<>();
    permute(count, new ArrayList<>(), found);
    return found;
  }

  private static void permute(int count, List<Integer> begun, List<List<Integer>> found) {
    if (begun.size() == count) {
      found.add(List.copyOf(begun));
      return;
    }
    for (int next = 0; next < count; next++) {
      if (!begun.contains(next)) {
        begun.add(next);
        permute(count, begun, found);
        begun.remove(begun.size() - 1);
      }
    }
  }
}
