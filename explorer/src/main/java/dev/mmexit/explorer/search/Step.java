package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Footprint;

/**
 * A step that was taken from some state: what it did, and how it changed the fingerprint. A
 * fingerprint is a sum, to which each cell and each context adds its share. So after any other step
 * that commutes with this one, this one changes the fingerprint by just as much.
 *
 * @param footprint what it did
 * @param change0 what it added to the first half of the fingerprint
 * @param change1 what it added to the second half
 * @param locks what it took while it held what, as a number of the table of locks
 */
record Step(Footprint footprint, long change0, long change1, int locks) {}
