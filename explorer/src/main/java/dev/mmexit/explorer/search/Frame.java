package dev.mmexit.explorer.search;

import dev.mmexit.explorer.engine.Choice;
import dev.mmexit.explorer.engine.Footprint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A state on the current path: who can go on from it, and who of them has been tried. */
final class Frame {
  final int state;

  /** The contexts that can take a step, by their place in the order of creation. */
  final byte[] choices;

  /** The same, by label. */
  final int[] labels;

  /** What the steps tried so far did; empty for those that are not tried yet. */
  final Footprint[] done;

  /** For each choice the step that it takes, if that is known without taking it. */
  final @Nullable Step[] known;

  /** The fingerprint of the state. */
  long print0;

  long print1;

  /**
   * Whether the state has been seen, but not right after this step: what is next is executed for
   * its uses of memory alone.
   */
  boolean probe;

  /** The choice that the path takes. */
  int at;

  /** The preemptions that lead here. */
  int preemptions;

  /** Who took the last step and could go on, by its place in the order of creation; -1: nobody. */
  int runner = -1;

  /** Beyond the last choice that this worker tries: others may have been given away. */
  int end;

  Frame(int state, byte[] choices, int[] labels) {
    this.state = state;
    this.choices = choices;
    this.labels = labels;
    this.done = new Footprint[choices.length];
    Arrays.fill(done, Footprint.EMPTY);
    this.known = new Step[choices.length];
    this.end = choices.length;
  }

  /** Notes that the state follows that of {@code before} by its current choice. */
  void follow(Frame before) {
    Step taken = before.known[before.at];
    if (taken == null) {
      return;
    }
    for (int i = 0; i < choices.length; i++) {
      for (int j = 0; j < before.choices.length; j++) {
        Step other = before.known[j];
        if (before.choices[j] == choices[i]
            && Choice.index(choices[i]) != Choice.index(before.choices[before.at])
            && other != null
            && other.footprint().commutes(taken.footprint())) {
          known[i] = other;
        }
      }
    }
  }

  /** Whether somebody stands before a call that fails or not. */
  boolean isOfChoice() {
    return choices.length == 2 && Choice.index(choices[0]) == Choice.index(choices[1]);
  }

  boolean hasMore() {
    return at + 1 < end;
  }

  /** The preemptions, that of the current choice included. */
  int preemptionsAfter() {
    return preemptions + (runner >= 0 && Choice.index(choices[at]) != runner ? 1 : 0);
  }

  /** Gives the choices that are not tried yet away. */
  Frame split() {
    Frame rest = new Frame(state, choices, labels);
    System.arraycopy(done, 0, rest.done, 0, done.length);
    System.arraycopy(known, 0, rest.known, 0, known.length);
    rest.probe = probe;
    rest.print0 = print0;
    rest.print1 = print1;
    rest.at = at + 1;
    rest.end = end;
    rest.preemptions = preemptions;
    rest.runner = runner;
    end = at + 1;
    return rest;
  }
}
