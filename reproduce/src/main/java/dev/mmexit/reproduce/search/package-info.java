/** Searches scenarios for what a report tells of: the catalogue first, then all up to a size. */
@NullMarked
package dev.mmexit.reproduce.search;

import org.jspecify.annotations.NullMarked;
