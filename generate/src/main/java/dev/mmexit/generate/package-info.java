/** Every scenario up to a size, each equivalence class once; and smaller ones for a finding. */
@NullMarked
package dev.mmexit.generate;

import org.jspecify.annotations.NullMarked;
