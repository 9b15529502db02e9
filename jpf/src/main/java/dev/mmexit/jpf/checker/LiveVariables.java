package dev.mmexit.jpf.checker;

import gov.nasa.jpf.jvm.bytecode.ATHROW;
import gov.nasa.jpf.jvm.bytecode.DLOAD;
import gov.nasa.jpf.jvm.bytecode.DSTORE;
import gov.nasa.jpf.jvm.bytecode.GOTO;
import gov.nasa.jpf.jvm.bytecode.IINC;
import gov.nasa.jpf.jvm.bytecode.IfInstruction;
import gov.nasa.jpf.jvm.bytecode.LLOAD;
import gov.nasa.jpf.jvm.bytecode.LSTORE;
import gov.nasa.jpf.jvm.bytecode.SwitchInstruction;
import gov.nasa.jpf.vm.ExceptionHandler;
import gov.nasa.jpf.vm.Instruction;
import gov.nasa.jpf.vm.MethodInfo;
import gov.nasa.jpf.vm.bytecode.LocalVariableInstruction;
import gov.nasa.jpf.vm.bytecode.ReturnInstruction;
import gov.nasa.jpf.vm.bytecode.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which local variables of a method are read later on, before they are set again: what is in the
 * others cannot matter. Found from the method's code by the data-flow analysis of compilers, with
 * exceptions taken for possible at every instruction of a {@code try}.
 */
final class LiveVariables {
  private final Instruction[] code;
  private final ExceptionHandler[] handlers;

  /** By instruction: the variables that are read from there on. */
  private final BitSet[] before;

  /** By instruction: those, and the ones that are read after it. */
  private final BitSet[] live;

  /** Analyses a method that has code. */
  LiveVariables(MethodInfo method) {
    code = method.getInstructions();
    ExceptionHandler[] all = method.getExceptions();
    handlers = all == null ? new ExceptionHandler[0] : all;
    before = new BitSet[code.length];
    for (int i = 0; i < code.length; i++) {
      before[i] = new BitSet();
    }
    while (flow()) {
      // A loop takes more than one pass.
    }
    live = new BitSet[code.length];
    for (int i = 0; i < code.length; i++) {
      live[i] = after(i);
      live[i].or(before[i]);
    }
  }

  /**
   * Whether a variable matters to a frame that is at an instruction: one that it has yet to carry
   * out, or a call that has not returned.
   */
  boolean isLive(Instruction at, int variable) {
    return live[at.getInstructionIndex()].get(variable);
  }

  /** One pass, backwards; whether it has found anything. */
  private boolean flow() {
    boolean found = false;
    for (int i = code.length - 1; i >= 0; i--) {
      BitSet live = after(i);
      use(code[i], live);
      if (!live.equals(before[i])) {
        before[i] = live;
        found = true;
      }
    }
    return found;
  }

  private BitSet after(int index) {
    BitSet live = new BitSet();
    for (Instruction next : successors(code[index])) {
      live.or(before[next.getInstructionIndex()]);
    }
    int position = code[index].getPosition();
    for (ExceptionHandler handler : handlers) {
      if (handler.getBegin() <= position && position < handler.getEnd()) {
        live.or(before[at(handler.getHandler()).getInstructionIndex()]);
      }
    }
    return live;
  }

  private List<Instruction> successors(Instruction instruction) {
    List<Instruction> next = new ArrayList<>();
    if (instruction instanceof GOTO jump) {
      next.add(jump.getTarget());
    } else if (instruction instanceof SwitchInstruction choice) {
      next.add(at(choice.getTarget()));
      for (int target : choice.getTargets()) {
        next.add(at(target));
      }
    } else if (!(instruction instanceof ReturnInstruction || instruction instanceof ATHROW)) {
      if (instruction instanceof IfInstruction jump) {
        next.add(jump.getTarget());
      }
      next.add(code[instruction.getInstructionIndex() + 1]);
    }
    return next;
  }

  private Instruction at(int position) {
    for (Instruction instruction : code) {
      if (instruction.getPosition() == position) {
        return instruction;
      }
    }
    throw new IllegalStateException("nothing at " + position + " of " + code[0].getMethodInfo());
  }

  /** From what is read after an instruction to what is read from there on. */
  private static void use(Instruction instruction, BitSet live) {
    if (instruction instanceof IINC increment) {
      live.set(increment.getIndex());
    }
    if (!(instruction instanceof LocalVariableInstruction access)) {
      return;
    }
    int variable = access.getLocalVariableSlot();
    // A long takes two.
    boolean wide =
        instruction instanceof LLOAD
            || instruction instanceof DLOAD
            || instruction instanceof LSTORE
            || instruction instanceof DSTORE;
    live.set(variable, variable + (wide ? 2 : 1), !(instruction instanceof StoreInstruction));
  }
}
