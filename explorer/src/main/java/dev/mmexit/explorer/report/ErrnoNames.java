package dev.mmexit.explorer.report;

import java.util.Map;

/** The names of the error numbers that modelled calls return. */
final class ErrnoNames {
  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(-1L, "-EPERM"),
          Map.entry(-2L, "-ENOENT"),
          Map.entry(-3L, "-ESRCH"),
          Map.entry(-4L, "-EINTR"),
          Map.entry(-5L, "-EIO"),
          Map.entry(-7L, "-E2BIG"),
          Map.entry(-9L, "-EBADF"),
          Map.entry(-11L, "-EAGAIN"),
          Map.entry(-12L, "-ENOMEM"),
          Map.entry(-13L, "-EACCES"),
          Map.entry(-14L, "-EFAULT"),
          Map.entry(-16L, "-EBUSY"),
          Map.entry(-17L, "-EEXIST"),
          Map.entry(-19L, "-ENODEV"),
          Map.entry(-22L, "-EINVAL"),
          Map.entry(-25L, "-ENOTTY"),
          Map.entry(-28L, "-ENOSPC"),
          Map.entry(-34L, "-ERANGE"),
          Map.entry(-38L, "-ENOSYS"),
          Map.entry(-62L, "-ETIME"),
          Map.entry(-75L, "-EOVERFLOW"),
          Map.entry(-95L, "-EOPNOTSUPP"));

  private ErrnoNames() {}

  /** A register's value as a condition would write it. */
  static String of(long value) {
    return NAMES.getOrDefault(value, Long.toString(value));
  }
}
