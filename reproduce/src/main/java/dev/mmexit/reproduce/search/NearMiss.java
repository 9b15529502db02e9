package dev.mmexit.reproduce.search;

import dev.mmexit.reproduce.match.Match;

/**
 * A finding that is not what a report tells of, but near to it.
 *
 * @param scenario the scenario's name
 * @param file the file that it is in; empty where it is in none
 * @param match how near it is
 */
public record NearMiss(String scenario, String file, Match match) {}
