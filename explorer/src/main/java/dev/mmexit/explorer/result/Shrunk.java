package dev.mmexit.explorer.result;

/**
 * A smaller scenario for a finding of a result: it shows one of the same kind at the same place.
 *
 * @param file the file of the result
 * @param variant the variant of the result
 * @param finding which of the result's findings it is, from 1
 * @param minimal whether the finding is known to go with each part that could still be removed;
 *     false where a bound came first
 * @param scenario the name of the smaller scenario
 * @param text the smaller scenario
 * @param found the finding there
 */
public record Shrunk(
    String file,
    String variant,
    int finding,
    boolean minimal,
    String scenario,
    String text,
    Finding found) {}
