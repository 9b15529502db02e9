package dev.mmexit.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An immutable set of contexts: who reads, who sleeps. The order in which they came is of no
 * account, so they are in one that does not depend on it.
 */
final class Contexts implements Canonical {
  static final Contexts NONE = new Contexts(List.of());

  private final List<Context> list;
  private final long hash;

  private Contexts(List<Context> list) {
    this.list = list;
    long sum = 0x2545f4914f6cdd1dL;
    for (Context context : list) {
      sum = Mix.chain(sum, context.canonicalHash());
    }
    hash = sum;
  }

  List<Context> list() {
    return Collections.unmodifiableList(list);
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  boolean has(Context context) {
    return list.contains(context);
  }

  Contexts with(Context context) {
    List<Context> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    int at = 0;
    while (at < list.size() && list.get(at).canonicalHash() < context.canonicalHash()) {
      at++;
    }
    longer.add(at, context);
    return new Contexts(longer);
  }

  /** Without the first occurrence of {@code context}. */
  Contexts without(Context context) {
    List<Context> shorter = new ArrayList<>(list);
    shorter.remove(context);
    return shorter.isEmpty() ? NONE : new Contexts(shorter);
  }

  @Override
  public long canonicalHash() {
    return hash;
  }

  /** Their names, for reports. */
  String names() {
    return list.stream().map(Context::name).sorted().collect(Collectors.joining(", "));
  }
}
