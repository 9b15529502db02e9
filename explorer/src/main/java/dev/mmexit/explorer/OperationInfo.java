package dev.mmexit.explorer;

/**
 * An operation that a scenario can use.
 *
 * @param form how it is written, such as {@code bind C P by Q}
 * @param kernelEntry the kernel function that it calls
 * @param caller who calls it
 */
public record OperationInfo(String form, String kernelEntry, String caller) {}
