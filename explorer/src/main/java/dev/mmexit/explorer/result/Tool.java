package dev.mmexit.explorer.result;

/**
 * The program that made a result.
 *
 * @param name its name
 * @param version its version
 */
public record Tool(String name, String version) {}
