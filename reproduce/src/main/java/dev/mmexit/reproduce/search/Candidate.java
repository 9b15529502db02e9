package dev.mmexit.reproduce.search;

import dev.mmexit.explorer.LoadedScenario;

/**
 * A scenario that is to be searched.
 *
 * @param scenario the scenario
 * @param file what {@code replay} takes; empty where the scenario is in no file
 */
public record Candidate(LoadedScenario scenario, String file) {}
