package dev.mmexit.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.kernel.FaultSite;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.scenario.format.Expr.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What scenarios mean, once read. */
class ScenarioParserTest {
  private static final Set<String> VARIANTS = Set.of("v2", "fixed");

  private static Scenario read(String text) {
    ParseResult result = ScenarioParser.parse("f", text.getBytes(StandardCharsets.UTF_8), VARIANTS);
    assertThat(result.diagnostics()).isEmpty();
    return Objects.requireNonNull(result.scenario());
  }

  @Test
  void readsTheExampleOfTheFormat() {
    String text =
        """
        VFIO exit-vs-detach
        "process exit races detach of the only group"
        {
          container C0
          group G0 = D0
          process P0
          attach C0 G0
          bind C0 P0
        }
         T0      | T1                ;
         exit P0 | r0 = detach C0 G0 ;
        exists (T1:r0 = 0 /\\ ~bound(D0, P0))
        expect v2: deadlock, dangling-translation
        expect fixed: clean
        """;
    Scenario scenario = read(text);

    assertThat(scenario.name()).isEqualTo("exit-vs-detach");
    assertThat(scenario.description()).isEqualTo("process exit races detach of the only group");
    assertThat(scenario.containers())
        .containsExactly(new ContainerDecl("C0", false, new Position(4, 3)));
    assertThat(scenario.groups())
        .containsExactly(
            new GroupDecl(
                "G0",
                List.of("D0"),
                true,
                GroupDecl.Ops.SMMU,
                true,
                false,
                true,
                1,
                15,
                false,
                new Position(5, 3)));
    assertThat(scenario.processes())
        .containsExactly(new ProcessDecl("P0", 0, 100, new Position(6, 3)));
    assertThat(scenario.setup())
        .extracting(Step::operation)
        .containsExactly(new Operation.Attach("C0", "G0"), new Operation.Bind("C0", "P0", null));
    assertThat(scenario.threads()).extracting(ThreadDecl::name).containsExactly("T0", "T1");
    assertThat(scenario.threads().get(1).steps())
        .containsExactly(
            new Step(
                new Operation.Detach("C0", "G0"), "r0", new Position(11, 12), "r0 = detach C0 G0"));
    assertThat(scenario.condition())
        .isEqualTo(
            new Condition(
                Condition.Quantifier.EXISTS,
                new Expr.And(
                    List.of(
                        new Expr.RegisterAtom("T1", "r0", Comparison.EQ, 0),
                        new Expr.Not(new Expr.Bound("D0", "P0")))),
                "exists (T1:r0 = 0 /\\ ~bound(D0, P0))"));
    assertThat(scenario.expectations().get("v2"))
        .isEqualTo(
            new Expectation(
                "v2",
                Set.of(FindingKind.DEADLOCK, FindingKind.DANGLING_TRANSLATION),
                new Position(13, 1)));
    assertThat(Objects.requireNonNull(scenario.expectations().get("fixed")).kinds()).isEmpty();
    assertThat(scenario.memory()).isEqualTo(MemoryModel.KASAN);
    assertThat(scenario.file()).isEqualTo("f");
    assertThat(scenario.sourceText()).isEqualTo(text);
  }

  @Test
  void readsEveryOption() {
    Scenario scenario =
        read(
            """
            VFIO t
            {
              container C0 [nesting]
              group G0 = D0 D1 [default-domain=no ops=generic coherent=no msi=yes sva=no \
            pasids=2..1048575 mdev]
              group G1 = D2 []
              process P0 [uid=7 pid=101]; process P1; process P2
            }
             T0 ;
            """);
    assertThat(scenario.containers().get(0).nesting()).isTrue();
    GroupDecl group = scenario.groups().get(0);
    assertThat(group.devices()).containsExactly("D0", "D1");
    assertThat(group.defaultDomain() || group.coherent() || group.sva()).isFalse();
    assertThat(group.msi() && group.mdev()).isTrue();
    assertThat(group.ops()).isEqualTo(GroupDecl.Ops.GENERIC);
    assertThat(group.minPasid()).isEqualTo(2);
    assertThat(group.maxPasid()).isEqualTo(1048575);
    assertThat(scenario.devices()).containsExactly("D0", "D1", "D2");
    assertThat(scenario.processes()).extracting(ProcessDecl::uid).containsExactly(7, 0, 0);
    assertThat(scenario.processes()).extracting(ProcessDecl::pid).containsExactly(101, 100, 102);
  }

  @Test
  void readsEveryOperation() {
    Scenario scenario =
        read(
            """
            VFIO t
            {
              container C ; group G = D ; process P
              open C by P
            }
             T ;
             attach C G ; detach C G ; bind C P ; bind C P by Q ; unbind C P ; unbind C P by P ;
             exit P ; exec P ; fork P Q ; clone P R ; close C ; munmap P ; fault D P ; dma D P ;
             map C P ; unmap C P ; pin C P ; set-container C G ; unset-container G ; r0 = nop ;
            """);
    assertThat(scenario.setup())
        .extracting(Step::operation)
        .containsExactly(new Operation.Open("C", "P"));
    assertThat(scenario.threads().get(0).steps())
        .extracting(Step::operation)
        .containsExactly(
            new Operation.Attach("C", "G"),
            new Operation.Detach("C", "G"),
            new Operation.Bind("C", "P", null),
            new Operation.Bind("C", "P", "Q"),
            new Operation.Unbind("C", "P", null),
            new Operation.Unbind("C", "P", "P"),
            new Operation.Exit("P"),
            new Operation.Exec("P"),
            new Operation.Fork("P", "Q"),
            new Operation.CloneVm("P", "R"),
            new Operation.Close("C"),
            new Operation.Munmap("P"),
            new Operation.Fault("D", "P"),
            new Operation.Dma("D", "P"),
            new Operation.MapDma("C", "P"),
            new Operation.UnmapDma("C", "P"),
            new Operation.Pin("C", "P"),
            new Operation.SetContainer("C", "G"),
            new Operation.UnsetContainer("G"),
            new Operation.Nop());
    assertThat(scenario.threads().get(0).steps())
        .extracting(Step::text)
        .contains("bind C P by Q", "set-container C G", "r0 = nop");
  }

  @Test
  void readsFailuresAndMemory() {
    Scenario scenario =
        read(
            """
            VFIO t
            {
              memory slub
              container C0
              fail kzalloc
              fail mm_attach nth=3 on=C0
              fail pasid_alloc [nth=2]
              fail any max=4
            }
             T0 ;
            """);
    assertThat(scenario.memory()).isEqualTo(MemoryModel.SLUB);
    assertThat(scenario.fails())
        .containsExactly(
            new FailDecl.Nth(FaultSite.KZALLOC, 1, null, new Position(5, 3)),
            new FailDecl.Nth(FaultSite.MM_ATTACH, 3, "C0", new Position(6, 3)),
            new FailDecl.Nth(FaultSite.PASID_ALLOC, 2, null, new Position(7, 3)),
            new FailDecl.Any(4, new Position(8, 3)));
  }

  @Test
  void conditionsBindAsUsual() {
    String declared = "VFIO t\n{\n container C; group G = D; process P\n r0 = nop\n}\n T ;\n";
    Scenario scenario =
        read(
            declared
                + "forall (alive(P) \\/ ~attached(C, G) /\\ (listed(C,P) \\/\n"
                + "  ~~(pasid( C , P )=-1)) (* why *) /\\ init:r0 < -3 \\/ ~init:r0 != 40)\n");
    assertThat(scenario.condition()).isNotNull();
    assertThat(Objects.requireNonNull(scenario.condition()).text())
        .isEqualTo(
            "forall (alive(P) \\/ ~attached(C, G) /\\ (listed(C, P) \\/ ~~pasid(C, P) = -1)"
                + " /\\ init:r0 < -ESRCH \\/ ~(init:r0 != 40))");
  }

  @Test
  void wordsOfTheFormatMayBeNames() {
    Scenario scenario =
        read(
            """
            VFIO expect
            {
              container container
              group group = bound VFIO
              process by
              bind container by by by
              r0 = exit by
            }
             exists | expect            ;
             nop    | r1 = exit by      ;
            exists (expect:r1 = 0 /\\ bound(bound, by) /\\ init:r0 = 0)
            """);
    assertThat(scenario.threads()).extracting(ThreadDecl::name).containsExactly("exists", "expect");
    assertThat(scenario.setup().get(0).operation())
        .isEqualTo(new Operation.Bind("container", "by", "by"));
  }

  @Test
  void layoutIsFreeWhereTheFormatLeavesItFree() {
    Scenario scenario =
        read(
            "\uFEFF(* a (* nested *) comment *)\r\n\r\nVFIO a.b_c+d-1(* \n *)\"\"{\r\n"
                + "container C0;;process P0 (* over\n two lines *) ; bind C0 (*\n*) P0}\r\n"
                + "T0|T1;exit P0|;|nop\n;(* last *)\nexists(alive(P0))\nexpect v2:deadlock");
    assertThat(scenario.name()).isEqualTo("a.b_c+d-1");
    assertThat(scenario.setup()).hasSize(1);
    assertThat(scenario.threads()).extracting(thread -> thread.steps().size()).contains(1, 1);
    assertThat(scenario.expectations()).containsOnlyKeys("v2");
  }

  @Test
  void threadsMayDoNothing() {
    Scenario scenario = read("VFIO t\n{\n}\n T0 | T1 ;\n");
    assertThat(scenario.threads())
        .extracting(ThreadDecl::steps)
        .containsExactly(List.of(), List.of());
    assertThat(scenario.condition()).isNull();
  }
}
