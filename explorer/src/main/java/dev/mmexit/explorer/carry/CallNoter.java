package dev.mmexit.explorer.carry;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes objects of a class of the modelled code which do what those of the class do, and note which
 * of some methods are called. The modelled code itself has nothing that could tell.
 */
final class CallNoter {
  private static final String FIELD = "called";
  private static final String FLAGS = "[Z";

  private final Constructor<?> constructor;

  /**
   * A maker of objects.
   *
   * @param posted the class, with one public constructor
   * @param methods those to be noted, which it has or inherits
   * @param first the number of the first of them; the others follow
   */
  CallNoter(Class<?> posted, List<Method> methods, int first) {
    Constructor<?> original = posted.getConstructors()[0];
    byte[] bytes = derived(posted, original, methods, first);
    try {
      constructor =
          MethodHandles.privateLookupIn(posted, MethodHandles.lookup())
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getConstructors()[0];
    } catch (IllegalAccessException ofAnOwnPackage) {
      throw new IllegalStateException(ofAnOwnPackage);
    }
  }

  /**
   * A new object.
   *
   * @param called set where the method with that number is called
   * @param arguments of the constructor of the class
   */
  Object make(boolean[] called, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = called;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      return constructor.newInstance(all);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] derived(
      Class<?> posted, Constructor<?> original, List<Method> methods, int first) {
    String parent = Type.getInternalName(posted);
    String name = parent + "Noted";
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, name, null, parent, new String[0]);
    writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, FIELD, FLAGS, null, null).visitEnd();
    constructor(writer, name, parent, Type.getConstructorDescriptor(original));
    for (int i = 0; i < methods.size(); i++) {
      method(writer, name, parent, methods.get(i), first + i);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  /** Keeps the flags before anything else, as the other constructor may call methods. */
  private static void constructor(
      ClassWriter writer, String name, String parent, String descriptor) {
    MethodVisitor code =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC, "<init>", "(" + FLAGS + descriptor.substring(1), null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitFieldInsn(Opcodes.PUTFIELD, name, FIELD, FLAGS);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    load(code, descriptor, 2);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", descriptor, false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void method(
      ClassWriter writer, String name, String parent, Method method, int number) {
    String descriptor = Type.getMethodDescriptor(method);
    int access =
        Modifier.isPublic(method.getModifiers()) ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PROTECTED;
    MethodVisitor code = writer.visitMethod(access, method.getName(), descriptor, null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, name, FIELD, FLAGS);
    code.visitIntInsn(Opcodes.SIPUSH, number);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.BASTORE);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    load(code, descriptor, 1);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, method.getName(), descriptor, false);
    code.visitInsn(Type.getReturnType(method).getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void load(MethodVisitor code, String descriptor, int from) {
    int at = from;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), at);
      at += argument.getSize();
    }
  }
}
