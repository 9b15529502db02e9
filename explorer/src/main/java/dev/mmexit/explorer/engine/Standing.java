package dev.mmexit.explorer.engine;

import dev.mmexit.kernel.Cell;
import dev.mmexit.kernel.Op;
import org.jspecify.annotations.Nullable;

/**
 * Where a context stands before a choice.
 *
 * @param step the number of choices before it
 * @param calls how many calls it had made
 * @param creating whether it is in the middle of making an object
 * @param number the number of its step
 * @param function the innermost open function
 * @param observed what it had observed
 * @param cell what it stands before, with {@code op} and {@code argument}; null where finished
 * @param others what others can do at the call that it stands before
 * @param flag what else was noted of that call
 */
record Standing(
    int step,
    int calls,
    boolean creating,
    long number,
    String function,
    Observations.Kept observed,
    @Nullable Cell cell,
    @Nullable Op op,
    @Nullable Object argument,
    Interference others,
    boolean flag) {}
