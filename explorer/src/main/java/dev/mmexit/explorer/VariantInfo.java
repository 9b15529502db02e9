package dev.mmexit.explorer;

/**
 * A variant of the modelled code.
 *
 * @param name the name that {@code --variant} takes
 * @param summary one line: what it changes
 */
public record VariantInfo(String name, String summary) {}
