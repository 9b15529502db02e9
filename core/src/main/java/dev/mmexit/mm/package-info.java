/**
 * Tasks, address spaces and mmu notifiers: the parts of {@code kernel/fork.c}, {@code
 * kernel/exit.c}, {@code mm/mmap.c} and {@code mm/mmu_notifier.c} that decide when the {@code
 * release} callbacks of an address space run.
 */
@NullMarked
package dev.mmexit.mm;

import org.jspecify.annotations.NullMarked;
