package dev.mmexit.scenario.format;

import dev.mmexit.kernel.FaultSite;
import dev.mmexit.scenario.format.GroupDecl.Ops;
import dev.mmexit.scenario.grammar.LitmusParser.ContainerDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.DeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.FailDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.GroupDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.MemoryDeclarationContext;
import dev.mmexit.scenario.grammar.LitmusParser.OptionContext;
import dev.mmexit.scenario.grammar.LitmusParser.OptionListContext;
import dev.mmexit.scenario.grammar.LitmusParser.ProcessDeclarationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of the set-up, one after the other, and keeps what they declare. */
final class DeclarationReader {
  /** The largest PASID: 20 bits. */
  static final int MAX_PASID = (1 << 20) - 1;

  private static final int FIRST_PID = 100;
  private static final int MAX_PID = 1 << 22;
  private static final int[] PASIDS = {1, 15};

  private final Symbols symbols;
  private final Diagnostics diagnostics;

  private final List<ContainerDecl> containers = new ArrayList<>();
  private final List<GroupDecl> groups = new ArrayList<>();
  private final List<ProcessDecl> processes = new ArrayList<>();
  private final List<FailDecl> fails = new ArrayList<>();
  private final Map<Integer, String> pids = new HashMap<>();
  private @Nullable MemoryModel memory;
  private boolean failsAny;

  DeclarationReader(Symbols symbols, Diagnostics diagnostics) {
    this.symbols = symbols;
    this.diagnostics = diagnostics;
  }

  List<ContainerDecl> containers() {
    return containers;
  }

  List<GroupDecl> groups() {
    return groups;
  }

  /** The processes, each without a pid given the lowest free one. */
  List<ProcessDecl> processes() {
    List<ProcessDecl> numbered = new ArrayList<>();
    int next = FIRST_PID;
    for (ProcessDecl process : processes) {
      if (process.pid() > 0) {
        numbered.add(process);
        continue;
      }
      while (pids.containsKey(next)) {
        next++;
      }
      numbered.add(new ProcessDecl(process.name(), process.uid(), next++, process.position()));
    }
    return numbered;
  }

  MemoryModel memory() {
    return memory == null ? MemoryModel.KASAN : memory;
  }

  List<FailDecl> fails() {
    return fails;
  }

  /** Reads and checks one declaration; one with a syntax error declares nothing. */
  void read(DeclarationContext declaration) {
    if (declaration instanceof ContainerDeclarationContext container) {
      readContainer(container);
    } else if (declaration instanceof GroupDeclarationContext group) {
      readGroup(group);
    } else if (declaration instanceof ProcessDeclarationContext process) {
      readProcess(process);
    } else if (declaration instanceof FailDeclarationContext fail) {
      readFail(fail);
    } else if (declaration instanceof MemoryDeclarationContext memoryDeclaration) {
      readMemory(memoryDeclaration);
    }
  }

  private void readContainer(ContainerDeclarationContext declaration) {
    Options options = options("container", List.of("nesting"), declaration.optionList());
    boolean nesting = options.flag("nesting");
    if (declaration.exception == null) {
      containers.add(
          new ContainerDecl(declaration.newName().getText(), nesting, position(declaration)));
    }
  }

  private void readGroup(GroupDeclarationContext declaration) {
    List<String> known =
        List.of("default-domain", "ops", "coherent", "msi", "sva", "pasids", "mdev");
    Options options = options("group", known, declaration.optionList());
    boolean defaultDomain = options.yes("default-domain", true);
    Ops ops = options.oneOf("ops", List.of(Ops.values()), Ops::label, Ops.SMMU);
    boolean coherent = options.yes("coherent", true);
    boolean msi = options.yes("msi", false);
    boolean sva = options.yes("sva", true);
    int[] pasids = options.range("pasids", 1, MAX_PASID, PASIDS);
    boolean mdev = options.flag("mdev");
    if (declaration.exception == null) {
      groups.add(
          new GroupDecl(
              declaration.newName().getText(),
              declaration.deviceList().newName().stream().map(ParserRuleContext::getText).toList(),
              defaultDomain,
              ops,
              coherent,
              msi,
              sva,
              pasids[0],
              pasids[1],
              mdev,
              position(declaration)));
    }
  }

  private void readProcess(ProcessDeclarationContext declaration) {
    Options options = options("process", List.of("uid", "pid"), declaration.optionList());
    int uid = options.number("uid", 0, Integer.MAX_VALUE).orElse(0);
    OptionalInt pid = options.number("pid", 1, MAX_PID);
    if (declaration.newName() == null) {
      return;
    }
    String name = declaration.newName().getText();
    ParserRuleContext pidValue = options.valueContext("pid");
    if (pid.isPresent() && pidValue != null) {
      String other = pids.putIfAbsent(pid.getAsInt(), name);
      if (other != null) {
        diagnostics.add(
            pidValue.getStart(),
            "pid " + pid.getAsInt() + " is that of " + other + ", expected one that is free");
      }
    }
    if (declaration.exception == null) {
      processes.add(new ProcessDecl(name, uid, pid.orElse(0), position(declaration)));
    }
  }

  private void readFail(FailDeclarationContext declaration) {
    if (declaration.siteName() == null || declaration.siteName().exception != null) {
      return;
    }
    List<OptionContext> written = new ArrayList<>(declaration.option());
    declaration.optionList().forEach(list -> written.addAll(list.option()));
    String name = declaration.siteName().getText();
    if (name.equals("any")) {
      readFailAny(declaration, written);
      return;
    }
    FaultSite site = site(name);
    if (site == null) {
      List<String> known = new ArrayList<>();
      for (FaultSite each : FaultSite.values()) {
        known.add(each.label());
      }
      known.add("any");
      diagnostics.add(
          declaration.siteName().getStart(),
          Words.quote(name) + " is not a fallible site, expected " + Words.anyOf(known));
    }
    Options options = new Options("fail", List.of("nth", "on"), written, diagnostics);
    int nth = options.number("nth", 1, Integer.MAX_VALUE).orElse(1);
    String on = options.value("on", "the name of an object");
    ParserRuleContext onValue = options.valueContext("on");
    if (onValue != null) {
      symbols.useAny(onValue, "fail");
    }
    if (declaration.exception == null && site != null) {
      fails.add(new FailDecl.Nth(site, nth, on, position(declaration)));
    }
  }

  private void readFailAny(FailDeclarationContext declaration, List<OptionContext> written) {
    Options options = new Options("fail any", List.of("max"), written, diagnostics);
    int max = options.number("max", 1, Integer.MAX_VALUE).orElse(1);
    if (failsAny) {
      diagnostics.add(declaration.getStart(), "fail any is given twice, expected it once");
    }
    failsAny = true;
    fails.add(new FailDecl.Any(max, position(declaration)));
  }

  private static @Nullable FaultSite site(String label) {
    for (FaultSite site : FaultSite.values()) {
      if (site.label().equals(label)) {
        return site;
      }
    }
    return null;
  }

  private void readMemory(MemoryDeclarationContext declaration) {
    if (declaration.exception != null) {
      return;
    }
    String label = declaration.memoryModel().getText();
    if (memory != null) {
      diagnostics.add(declaration.getStart(), "memory is given twice, expected it once");
    }
    for (MemoryModel model : MemoryModel.values()) {
      if (model.label().equals(label)) {
        memory = model;
        return;
      }
    }
    diagnostics.add(
        declaration.memoryModel().getStart(),
        Words.quote(label) + " is not a memory model, expected 'kasan' or 'slub'");
  }

  private Options options(String owner, List<String> known, @Nullable OptionListContext list) {
    return new Options(owner, known, list == null ? List.of() : list.option(), diagnostics);
  }

  private static Position position(ParserRuleContext context) {
    return Position.of(context.getStart());
  }
}
