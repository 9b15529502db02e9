package dev.mmexit.mm;

/** {@code struct file_operations}, as far as the end of a file goes. */
@FunctionalInterface
public interface FileOperations {
  /** The last reference is gone. Called with no lock held; may sleep. */
  void release();
}
