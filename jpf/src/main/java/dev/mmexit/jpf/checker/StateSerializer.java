package dev.mmexit.jpf.checker;

import gov.nasa.jpf.vm.ClassInfo;
import gov.nasa.jpf.vm.ElementInfo;
import gov.nasa.jpf.vm.FieldInfo;
import gov.nasa.jpf.vm.Fields;
import gov.nasa.jpf.vm.Instruction;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.MethodInfo;
import gov.nasa.jpf.vm.StackFrame;
import gov.nasa.jpf.vm.ThreadInfo;
import gov.nasa.jpf.vm.serialize.CFSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What states are told apart by: what the rest of an execution depends on, and no more. {@link
 * StateFilter} says which fields are none of it. Neither are
 *
 * <ul>
 *   <li>static fields, and which classes are loaded: those of the driver and of the model are
 *       constants, and those of Java's library keep what can be made again;
 *   <li>local variables that are not read any more;
 *   <li>the numbers of threads, which say in what order they were started;
 *   <li>how much place a list has for more elements, and where in the table of a map its entries
 *       are.
 * </ul>
 */
public final class StateSerializer extends CFSerializer {
  private static final String LIST = "java.util.ArrayList";
  private static final String MAP = "java.util.HashMap";
  private static final String LINKED_MAP = "java.util.LinkedHashMap";

  private final Map<MethodInfo, LiveVariables> analysed = new HashMap<>();

  /** Which slots of an object count; -1 less the number of one that is a reference. */
  private final IdentityHashMap<ClassInfo, int[]> layouts = new IdentityHashMap<>();

  @Override
  protected void serializeClassLoaders() {
    // Static fields: none of it.
  }

  @Override
  protected void serializeStackFrames() {
    threads().forEach(this::serializeStackFrames);
  }

  @Override
  protected void serializeThreadStates() {
    threads().forEach(this::serializeThreadState);
  }

  /** The threads in an order that does not depend on which of them was started first. */
  private List<ThreadInfo> threads() {
    List<ThreadInfo> threads = new ArrayList<>();
    for (ThreadInfo thread : ks.getThreadList()) {
      if (thread.isAlive()) {
        threads.add(thread);
      }
    }
    threads.sort(Comparator.comparingInt(StateSerializer::position));
    return threads;
  }

  /** Stands for where a thread is. */
  private static int position(ThreadInfo thread) {
    int hash = 0;
    for (StackFrame frame = thread.getTopFrame(); frame != null; frame = frame.getPrevious()) {
      hash = 31 * hash + frame.getMethodInfo().getGlobalId();
      hash = 31 * hash + index(frame.getPC());
    }
    return hash;
  }

  private static int index(@Nullable Instruction instruction) {
    return instruction == null ? -1 : instruction.getInstructionIndex();
  }

  @Override
  protected void serializeThreadState(ThreadInfo thread) {
    buf.add(thread.getStateName().hashCode());
    buf.add(thread.getStackDepth());
    ElementInfo lock = thread.getLockObject();
    buf.add(lock == null ? 0 : getSerializedReferenceValue(lock));
    serializeLockedObjects(thread.getLockedObjects());
  }

  @Override
  protected void serializeFrame(StackFrame frame) {
    MethodInfo method = frame.getMethodInfo();
    Instruction at = frame.getPC();
    buf.add(method.getGlobalId());
    buf.add(index(at));
    int size = frame.getTopPos() + 1;
    buf.add(size);
    LiveVariables variables = variables(method, at);
    int[] slots = frame.getSlots();
    for (int i = 0; i < size; i++) {
      if (variables != null && i < method.getMaxLocals() && !variables.isLive(at, i)) {
        buf.add(0);
      } else if (frame.isReferenceSlot(i)) {
        processReference(slots[i]);
      } else {
        buf.add(slots[i]);
      }
    }
  }

  /** Null where nothing is known: native methods have no code that says so. */
  private @Nullable LiveVariables variables(MethodInfo method, @Nullable Instruction at) {
    return at == null || at.getMethodInfo() != method || method.isNative()
        ? null
        : analysed.computeIfAbsent(method, LiveVariables::new);
  }

  @Override
  public void process(ElementInfo object) {
    switch (object.getClassInfo().getName()) {
      case LIST -> processList(object);
      case MAP -> processMap(object);
      case LINKED_MAP -> processLinkedMap(object);
      default -> super.process(object);
    }
  }

  private void processList(ElementInfo list) {
    buf.add(list.getClassInfo().getUniqueId());
    int size = list.getIntField("size");
    buf.add(size);
    if (size > 0) {
      int[] elements = get(list.getReferenceField("elementData")).asReferenceArray();
      for (int i = 0; i < size; i++) {
        processReference(elements[i]);
      }
    }
  }

  private void processMap(ElementInfo map) {
    buf.add(map.getClassInfo().getUniqueId());
    int size = map.getIntField("size");
    buf.add(size);
    if (size > 0) {
      for (int first : get(map.getReferenceField("table")).asReferenceArray()) {
        processEntries(first, "next");
      }
    }
  }

  private void processLinkedMap(ElementInfo map) {
    buf.add(map.getClassInfo().getUniqueId());
    buf.add(map.getIntField("size"));
    processEntries(map.getReferenceField("head"), "after");
  }

  private void processEntries(int first, String next) {
    int entry = first;
    while (entry != MJIEnv.NULL) {
      ElementInfo node = get(entry);
      processReference(node.getReferenceField("key"));
      processReference(node.getReferenceField("value"));
      entry = node.getReferenceField(next);
    }
  }

  private ElementInfo get(int reference) {
    return ks.getHeap().get(reference);
  }

  /** What Java PathFinder does by itself, but with what is to be known of a class found once. */
  @Override
  protected void processNamedFields(ClassInfo type, Fields fields) {
    int[] slots = layouts.get(type);
    if (slots == null) {
      slots = layout(type);
      layouts.put(type, slots);
    }
    int[] values = fields.asFieldSlots();
    for (int slot : slots) {
      if (slot < 0) {
        processReference(values[-1 - slot]);
      } else {
        buf.add(values[slot]);
      }
    }
  }

  private int[] layout(ClassInfo type) {
    IntStream.Builder slots = IntStream.builder();
    for (FieldInfo field : filter.getMatchedInstanceFields(type)) {
      for (int i = 0; i < field.getStorageSize(); i++) {
        int slot = field.getStorageOffset() + i;
        slots.add(field.isReference() ? -1 - slot : slot);
      }
    }
    return slots.build().toArray();
  }
}
