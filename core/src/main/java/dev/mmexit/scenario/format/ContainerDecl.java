package dev.mmexit.scenario.format;

/** {@code container C}: an opened type1 container with nothing attached. */
public record ContainerDecl(String name, boolean nesting, Position position) {}
