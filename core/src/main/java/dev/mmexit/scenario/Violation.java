package dev.mmexit.scenario;

import dev.mmexit.kernel.FindingKind;

/**
 * A property that does not hold when everything has finished.
 *
 * @param sentence what is wrong, with the objects' names
 */
public record Violation(FindingKind kind, String sentence) {}
