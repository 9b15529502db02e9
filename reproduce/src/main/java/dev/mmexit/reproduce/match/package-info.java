/**
 * Compares a report with what the explorer finds: frames become places in the model, and a finding
 * fits where its threads are at those places.
 */
@NullMarked
package dev.mmexit.reproduce.match;

import org.jspecify.annotations.NullMarked;
