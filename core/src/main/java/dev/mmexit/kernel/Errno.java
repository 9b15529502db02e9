package dev.mmexit.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The error numbers of the kernel, for modelled functions to return (as {@code -Errno.ESRCH}) and
 * for people to read and write by name.
 */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EFAULT = 14;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOTTY = 25;
  public static final int ENOSPC = 28;
  public static final int EDOM = 33;
  public static final int ERANGE = 34;

  private static final Map<String, Integer> NUMBERS = new LinkedHashMap<>();
  private static final Map<Integer, String> NAMES = new LinkedHashMap<>();

  static {
    add("EPERM", EPERM);
    add("ESRCH", ESRCH);
    add("EINTR", EINTR);
    add("EIO", EIO);
    add("ENXIO", ENXIO);
    add("EBADF", EBADF);
    add("ENOMEM", ENOMEM);
    add("EACCES", EACCES);
    add("EFAULT", EFAULT);
    add("EBUSY", EBUSY);
    add("EEXIST", EEXIST);
    add("ENODEV", ENODEV);
    add("EINVAL", EINVAL);
    add("ENOTTY", ENOTTY);
    add("ENOSPC", ENOSPC);
    add("EDOM", EDOM);
    add("ERANGE", ERANGE);
  }

  private Errno() {}

  private static void add(String name, int number) {
    NUMBERS.put("-" + name, -number);
    NAMES.put(-number, "-" + name);
  }

  /**
   * A returned value as people read it: {@code -ESRCH} for -3, and the plain number where no error
   * of that number is known.
   */
  public static String name(int result) {
    return NAMES.getOrDefault(result, Integer.toString(result));
  }

  /**
   * Reads what {@link #name} writes: {@code -ESRCH} or a decimal number. Empty for a name that is
   * not known, and for a number that does not fit.
   */
  public static OptionalInt parse(String text) {
    Integer known = NUMBERS.get(text);
    if (known != null) {
      return OptionalInt.of(known);
    }
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException notOne) {
      return OptionalInt.empty();
    }
  }

  /** The names that {@link #parse} knows, each with its minus sign, by number. */
  public static List<String> names() {
    return List.copyOf(NUMBERS.keySet());
  }
}
