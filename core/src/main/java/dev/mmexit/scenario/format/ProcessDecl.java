package dev.mmexit.scenario.format;

/**
 * {@code process P}: a running process with an address space and one thread.
 *
 * @param pid as declared, else the lowest from 100 that no process has
 */
public record ProcessDecl(String name, int uid, int pid, Position position) {}
