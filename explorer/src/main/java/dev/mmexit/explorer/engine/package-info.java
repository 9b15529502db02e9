/** The controlled engine: one context runs at a time, and a chooser says which goes on. */
@NullMarked
package dev.mmexit.explorer.engine;

import org.jspecify.annotations.NullMarked;
