package dev.mmexit.jpf.checker;

import gov.nasa.jpf.JPFException;
import gov.nasa.jpf.vm.ClassInfo;
import gov.nasa.jpf.vm.ElementInfo;
import gov.nasa.jpf.vm.FieldInfo;
import gov.nasa.jpf.vm.Instruction;
import gov.nasa.jpf.vm.MJIEnv;
import gov.nasa.jpf.vm.MethodInfo;
import gov.nasa.jpf.vm.StackFrame;
import gov.nasa.jpf.vm.ThreadInfo;
import org.jspecify.annotations.Nullable;

/**
 * What {@code equals}, {@code hashCode} and {@code toString} of a record do where its source has
 * none. Java PathFinder ends an execution there without a word.
 */
final class RecordMethod extends Instruction {
  private final String name;

  RecordMethod(String name) {
    this.name = name;
  }

  /** Whether a dynamic call is one of those, which are called on the record itself. */
  static boolean isOne(String name, String descriptor) {
    int first = descriptor.indexOf(';');
    return switch (name) {
      case "equals" -> first >= 0 && descriptor.startsWith(";Ljava/lang/Object;)Z", first);
      case "hashCode" -> first >= 0 && descriptor.startsWith(";)I", first);
      case "toString" -> first >= 0 && descriptor.startsWith(";)Ljava/lang/String;", first);
      default -> false;
    };
  }

  @Override
  public Instruction execute(ThreadInfo thread) {
    StackFrame frame = thread.getModifiableTopFrame();
    switch (name) {
      case "equals" -> {
        ElementInfo other = get(thread, frame.pop());
        ElementInfo self = get(thread, frame.pop());
        frame.push(isEqual(self, other) ? 1 : 0);
      }
      case "hashCode" -> frame.push(hash(get(thread, frame.pop())));
      default ->
          frame.pushRef(
              thread
                  .getHeap()
                  .newString(text(thread.getElementInfo(frame.pop())), thread)
                  .getObjectRef());
    }
    return getNext(thread);
  }

  private static @Nullable ElementInfo get(ThreadInfo thread, int reference) {
    return reference == MJIEnv.NULL ? null : thread.getElementInfo(reference);
  }

  private static boolean isEqual(@Nullable Object one, @Nullable Object other) {
    if (!(one instanceof ElementInfo first) || !(other instanceof ElementInfo second)) {
      return one == null ? other == null : one.equals(other);
    }
    if (first.getObjectRef() == second.getObjectRef()) {
      return true;
    }
    ClassInfo type = first.getClassInfo();
    if (!type.equals(second.getClassInfo())) {
      return false;
    }
    if (first.isStringObject()) {
      return first.asString().equals(second.asString());
    }
    if (type.isRecord() || type.isBoxClass()) {
      for (FieldInfo field : type.getDeclaredInstanceFields()) {
        if (!isEqual(value(first, field), value(second, field))) {
          return false;
        }
      }
      return true;
    }
    requireIdentity(type, "equals(Ljava/lang/Object;)Z");
    return false;
  }

  /** The same for equal ones, and in every execution. */
  private static int hash(@Nullable Object value) {
    if (!(value instanceof ElementInfo object)) {
      return value == null ? 0 : value.hashCode();
    }
    if (object.isStringObject()) {
      return object.asString().hashCode();
    }
    ClassInfo type = object.getClassInfo();
    int hash = 0;
    if (type.isRecord() || type.isBoxClass()) {
      for (FieldInfo field : type.getDeclaredInstanceFields()) {
        hash = 31 * hash + hash(value(object, field));
      }
    }
    return hash;
  }

  private static String text(ElementInfo object) {
    return object.getClassInfo().getSimpleName();
  }

  private static @Nullable Object value(ElementInfo object, FieldInfo field) {
    return field.getValueObject(object.getFields());
  }

  private static void requireIdentity(ClassInfo type, String method) {
    MethodInfo found = type.getMethod(method, true);
    if (found != null && !found.getClassInfo().getName().equals("java.lang.Object")) {
      throw new JPFException("records with components of " + type.getName() + " are not compared");
    }
  }

  @Override
  public int getByteCode() {
    return 0xBA;
  }
}
