package dev.mmexit.explorer.result;

/**
 * A field of the kernel's memory that is another after a step than before it. An object that the
 * step allocates or frees is one, too.
 *
 * @param field the field with its object, such as {@code mm->mm_users (P0)}; for an object that was
 *     allocated or freed, the object
 * @param from its value before the step
 * @param to its value after the step
 */
public record FieldChange(String field, String from, String to) {}
