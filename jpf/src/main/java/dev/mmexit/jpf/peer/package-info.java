/**
 * Native peers: what Java PathFinder does itself where a method of the driver or of the model is
 * called. Their names and those of their methods are what it looks for.
 */
@NullMarked
package dev.mmexit.jpf.peer;

import org.jspecify.annotations.NullMarked;
