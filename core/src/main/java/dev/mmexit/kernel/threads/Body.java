package dev.mmexit.kernel.threads;

/**
 * What one thread of a world does.
 *
 * @param name the context's name in reports, such as {@code T0}
 * @param code what it runs
 */
public record Body(String name, Runnable code) {}
