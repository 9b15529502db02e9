package dev.mmexit.jpf.checker;

import gov.nasa.jpf.jvm.bytecode.InstructionFactory;
import gov.nasa.jpf.vm.Instruction;

/**
 * Java's instructions, with the methods that records have by themselves: see {@link RecordMethod}.
 */
public final class Instructions extends InstructionFactory {
  /** Stream.toList is not in Java PathFinder's library. */
  @Override
  public Instruction invokeinterface(String type, String method, String descriptor) {
    return type.equals("java/util/stream/Stream") && method.equals("toList")
        ? invokestatic(
            "dev/mmexit/jpf/Streams", "toList", "(Ljava/util/stream/Stream;)Ljava/util/List;")
        : super.invokeinterface(type, method, descriptor);
  }

  @Override
  public Instruction invokedynamic(int bootstrap, String name, String descriptor) {
    return RecordMethod.isOne(name, descriptor)
        ? new RecordMethod(name)
        : super.invokedynamic(bootstrap, name, descriptor);
  }
}
