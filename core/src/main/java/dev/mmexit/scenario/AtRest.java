package dev.mmexit.scenario;

import java.util.List;

/**
 * A state in which everything has finished.
 *
 * @param state what tells it from others
 * @param violations the properties that it violates
 */
public record AtRest(FinalState state, List<Violation> violations) {}
