package dev.mmexit.explorer.result;

import dev.mmexit.kernel.FindingKind;

/**
 * A violation that a replay showed. Threads, steps and schedule are those of the whole replay.
 *
 * @param kind what kind of violation
 * @param message a sentence that names the objects and functions
 */
public record ReplayFinding(FindingKind kind, String message) {}
