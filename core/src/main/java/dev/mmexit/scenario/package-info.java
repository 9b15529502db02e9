/**
 * Scenarios brought to life: the world that a scenario describes, its operations and properties.
 */
@NullMarked
package dev.mmexit.scenario;

import org.jspecify.annotations.NullMarked;
