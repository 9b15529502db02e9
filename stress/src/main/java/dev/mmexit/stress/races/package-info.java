/**
 * Operations of the modelled code against each other, each a scenario of the catalogue. Listed is
 * every outcome that the code as posted can have; any other is forbidden. What is known to be a
 * finding is interesting, and names it. A variant that repairs it may not have it, and may have
 * what is listed as forbidden here.
 */
@NullMarked
package dev.mmexit.stress.races;

import org.jspecify.annotations.NullMarked;
