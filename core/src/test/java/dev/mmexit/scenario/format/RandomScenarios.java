package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.FindingKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes valid scenarios of every shape, the whole format over. */
final class RandomScenarios {
  static final Set<String> VARIANTS = Set.of("v2", "fixed", "lock-order.2");

  private static final Position ANYWHERE = Position.START;
  private static final List<String> NAMES =
      List.of("X", "by", "exists", "attach", "pasid", "r7", "a_1", "VFIO", "expect", "container");

  private final Random random;
  private final Set<String> taken = new HashSet<>(Set.of(Scenario.INIT));
  private final List<String> containers = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final List<String> devices = new ArrayList<>();
  private final List<String> processes = new ArrayList<>();
  private final Map<String, List<String>> registers = new LinkedHashMap<>();

  private RandomScenarios(Random random) {
    this.random = random;
  }

  static Scenario next(Random random) {
    return new RandomScenarios(random).next();
  }

  private Scenario next() {
    List<ContainerDecl> containerDecls =
        list(1, 3, i -> new ContainerDecl(fresh("C", containers), flip(), ANYWHERE));
    List<GroupDecl> groupDecls = list(1, 3, i -> group());
    int firstPid = flip() ? 100 : 1 + random.nextInt(1000);
    List<ProcessDecl> processDecls =
        list(
            1,
            3,
            i ->
                new ProcessDecl(
                    fresh("P", processes), random.nextInt(2) * 1000, firstPid + i, ANYWHERE));
    List<Step> setup = steps(Scenario.INIT, 4, true);
    List<ThreadDecl> threads = new ArrayList<>();
    List<String> names = list(1, 8, i -> fresh("T", new ArrayList<>()));
    names.forEach(name -> threads.add(new ThreadDecl(name, steps(name, 3, false), ANYWHERE)));
    return new Scenario(
        pick(List.of("t", "exit-vs-detach", "1.2+3", "r0", "exists", "-3", "-ESRCH", "..")),
        pick(List.of("", "text", "(* é {} *) \\ ; |")),
        containerDecls,
        groupDecls,
        processDecls,
        setup,
        threads,
        flip() ? null : Condition.of(pick(List.of(Condition.Quantifier.values())), expr(4)),
        expectations(),
        pick(List.of(MemoryModel.values())),
        fails(),
        null,
        "");
  }

  private GroupDecl group() {
    String name = fresh("G", groups);
    int min = 1 + (flip() ? 0 : random.nextInt(DeclarationReader.MAX_PASID));
    int max = flip() ? Math.max(15, min) : DeclarationReader.MAX_PASID;
    return new GroupDecl(
        name,
        list(1, 3, i -> fresh("D", devices)),
        flip(),
        pick(List.of(GroupDecl.Ops.values())),
        flip(),
        flip(),
        flip(),
        min,
        max,
        flip(),
        ANYWHERE);
  }

  private List<Step> steps(String thread, int most, boolean inSetUp) {
    List<String> assigned = new ArrayList<>();
    registers.put(thread, assigned);
    return list(
        0,
        most,
        i -> {
          String register = flip() ? null : "r" + i;
          if (register != null) {
            assigned.add(register);
          }
          return Step.of(operation(inSetUp), register, ANYWHERE);
        });
  }

  private Operation operation(boolean inSetUp) {
    String c = pick(containers);
    String g = pick(groups);
    String d = pick(devices);
    String p = pick(processes);
    return switch (random.nextInt(inSetUp ? 19 : 18)) {
      case 0 -> new Operation.Attach(c, g);
      case 1 -> new Operation.Detach(c, g);
      case 2 -> new Operation.Bind(c, p, caller());
      case 3 -> new Operation.Unbind(c, p, caller());
      case 4 -> new Operation.Exit(p);
      case 5 -> new Operation.Exec(p);
      case 6 -> new Operation.Fork(p, fresh("Q", processes));
      case 7 -> new Operation.CloneVm(p, fresh("Q", processes));
      case 8 -> new Operation.Close(c);
      case 9 -> new Operation.Munmap(p);
      case 10 -> new Operation.Fault(d, p);
      case 11 -> new Operation.Dma(d, p);
      case 12 -> new Operation.MapDma(c, p);
      case 13 -> new Operation.UnmapDma(c, p);
      case 14 -> new Operation.Pin(c, p);
      case 15 -> new Operation.SetContainer(c, g);
      case 16 -> new Operation.UnsetContainer(g);
      case 17 -> new Operation.Nop();
      default -> new Operation.Open(c, p);
    };
  }

  private @Nullable String caller() {
    return flip() ? null : pick(processes);
  }

  private Expr expr(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> registerAtom();
      case 1 -> new Expr.Attached(pick(containers), pick(groups));
      case 2 -> new Expr.Listed(pick(containers), pick(processes));
      case 3 -> new Expr.Bound(pick(devices), pick(processes));
      case 4 -> new Expr.PasidIs(pick(containers), pick(processes), random.nextInt(17) - 1);
      case 5 -> new Expr.Alive(pick(processes));
      case 6 -> new Expr.And(list(2, 3, i -> expr(depth - 1)));
      case 7 -> new Expr.Or(list(2, 3, i -> expr(depth - 1)));
      default -> new Expr.Not(expr(depth - 1));
    };
  }

  private Expr registerAtom() {
    String thread = pick(List.copyOf(registers.keySet()));
    List<String> assigned = registers.getOrDefault(thread, List.of());
    if (assigned.isEmpty()) {
      return new Expr.Alive(pick(processes));
    }
    int value = pick(List.of(0, 5, -3, -22, -77, Integer.MAX_VALUE, Integer.MIN_VALUE));
    return new Expr.RegisterAtom(
        thread, pick(assigned), pick(List.of(Expr.Comparison.values())), value);
  }

  private Map<String, Expectation> expectations() {
    Map<String, Expectation> expectations = new LinkedHashMap<>();
    for (String variant : VARIANTS.stream().sorted().toList()) {
      Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
      kinds.addAll(list(0, 3, i -> pick(List.of(FindingKind.values()))));
      if (flip()) {
        expectations.put(variant, new Expectation(variant, kinds, ANYWHERE));
      }
    }
    return expectations;
  }

  private List<FailDecl> fails() {
    List<String> objects = new ArrayList<>(containers);
    objects.addAll(devices);
    List<FailDecl> fails = new ArrayList<>();
    list(0, 2, i -> pick(List.of(FaultSite.values())))
        .forEach(
            site -> {
              String on = flip() ? null : pick(objects);
              fails.add(new FailDecl.Nth(site, 1 + random.nextInt(3), on, ANYWHERE));
            });
    if (flip()) {
      fails.add(new FailDecl.Any(1 + random.nextInt(3), ANYWHERE));
    }
    return fails;
  }

  /** A name that nothing has yet, now and then a word of the format. */
  private String fresh(String prefix, List<String> into) {
    String name = random.nextInt(4) == 0 ? pick(NAMES) : prefix + taken.size();
    while (!taken.add(name)) {
      name = prefix + random.nextInt(1000);
    }
    into.add(name);
    return name;
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> List<T> list(int least, int most, IntFunction<T> element) {
    int size = least + random.nextInt(most - least + 1);
    return new ArrayList<>(IntStream.range(0, size).mapToObj(element).toList());
  }
}
