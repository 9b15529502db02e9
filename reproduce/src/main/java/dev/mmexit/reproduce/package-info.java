/**
 * From a kernel's report of a race to an interleaving in which the modelled code shows it: reads
 * the report, compares it with findings, and searches scenarios until one of them fits.
 */
@NullMarked
package dev.mmexit.reproduce;

import org.jspecify.annotations.NullMarked;
