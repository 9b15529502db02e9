package dev.mmexit.scenario.format;

import dev.mmexit.scenario.grammar.LitmusBaseVisitor;
import dev.mmexit.scenario.grammar.LitmusParser;
import dev.mmexit.scenario.grammar.LitmusParser.ProcessNameContext;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Turns an operation that was read without an error into its record. */
final class OperationReader extends LitmusBaseVisitor<Operation> {
  @Override
  public Operation visitAttach(LitmusParser.AttachContext op) {
    return new Operation.Attach(name(op.containerName()), name(op.groupName()));
  }

  @Override
  public Operation visitDetach(LitmusParser.DetachContext op) {
    return new Operation.Detach(name(op.containerName()), name(op.groupName()));
  }

  @Override
  public Operation visitBind(LitmusParser.BindContext op) {
    return new Operation.Bind(
        name(op.containerName()), name(op.processName(0)), caller(op.processName()));
  }

  @Override
  public Operation visitUnbind(LitmusParser.UnbindContext op) {
    return new Operation.Unbind(
        name(op.containerName()), name(op.processName(0)), caller(op.processName()));
  }

  @Override
  public Operation visitExit(LitmusParser.ExitContext op) {
    return new Operation.Exit(name(op.processName()));
  }

  @Override
  public Operation visitExec(LitmusParser.ExecContext op) {
    return new Operation.Exec(name(op.processName()));
  }

  @Override
  public Operation visitFork(LitmusParser.ForkContext op) {
    return new Operation.Fork(name(op.processName()), name(op.newName()));
  }

  @Override
  public Operation visitCloneVm(LitmusParser.CloneVmContext op) {
    return new Operation.CloneVm(name(op.processName()), name(op.newName()));
  }

  @Override
  public Operation visitOpen(LitmusParser.OpenContext op) {
    return new Operation.Open(name(op.containerName()), name(op.processName()));
  }

  @Override
  public Operation visitClose(LitmusParser.CloseContext op) {
    return new Operation.Close(name(op.containerName()));
  }

  @Override
  public Operation visitMunmap(LitmusParser.MunmapContext op) {
    return new Operation.Munmap(name(op.processName()));
  }

  @Override
  public Operation visitFault(LitmusParser.FaultContext op) {
    return new Operation.Fault(name(op.deviceName()), name(op.processName()));
  }

  @Override
  public Operation visitDma(LitmusParser.DmaContext op) {
    return new Operation.Dma(name(op.deviceName()), name(op.processName()));
  }

  @Override
  public Operation visitMapDma(LitmusParser.MapDmaContext op) {
    return new Operation.MapDma(name(op.containerName()), name(op.processName()));
  }

  @Override
  public Operation visitUnmapDma(LitmusParser.UnmapDmaContext op) {
    return new Operation.UnmapDma(name(op.containerName()), name(op.processName()));
  }

  @Override
  public Operation visitPin(LitmusParser.PinContext op) {
    return new Operation.Pin(name(op.containerName()), name(op.processName()));
  }

  @Override
  public Operation visitSetContainer(LitmusParser.SetContainerContext op) {
    return new Operation.SetContainer(name(op.containerName()), name(op.groupName()));
  }

  @Override
  public Operation visitUnsetContainer(LitmusParser.UnsetContainerContext op) {
    return new Operation.UnsetContainer(name(op.groupName()));
  }

  @Override
  public Operation visitNop(LitmusParser.NopContext op) {
    return new Operation.Nop();
  }

  private static String name(ParserRuleContext name) {
    return name.getText();
  }

  private static @Nullable String caller(List<ProcessNameContext> processes) {
    return processes.size() < 2 ? null : name(processes.get(1));
  }
}
