package dev.mmexit.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which objects have to do with each other: those that one operation names. */
final class Components {
  private static final int KINDS = 3;

  private final Map<Integer, Integer> parents = new HashMap<>();
  private final Set<Integer> inSetUp = new HashSet<>();
  private final Set<Integer> touched = new HashSet<>();
  private final List<Op> race = new ArrayList<>();

  private Components() {}

  static Components of(List<Op> setup, List<List<Op>> threads) {
    Components components = new Components();
    for (Op op : setup) {
      components.inSetUp.addAll(objects(op));
      components.join(op);
    }
    for (List<Op> thread : threads) {
      components.race.addAll(thread);
    }
    components.race.forEach(op -> components.touched.addAll(objects(op)));
    return components;
  }

  /** Whether the race names an object of each part of the set-up. */
  boolean everySetUpIsTouched() {
    Set<Integer> roots = new HashSet<>();
    touched.forEach(object -> roots.add(root(object)));
    return inSetUp.stream().allMatch(object -> roots.contains(root(object)));
  }

  /** Whether the set-up and the race make one whole of all objects. */
  boolean connected() {
    race.forEach(this::join);
    Set<Integer> roots = new HashSet<>();
    inSetUp.forEach(object -> roots.add(root(object)));
    touched.forEach(object -> roots.add(root(object)));
    return roots.size() <= 1;
  }

  private void join(Op op) {
    List<Integer> its = objects(op);
    for (int i = 1; i < its.size(); i++) {
      parents.put(root(its.get(i)), root(its.get(0)));
    }
  }

  private int root(int object) {
    int at = object;
    for (Integer up = parents.get(at); up != null && up != at; up = parents.get(at)) {
      at = up;
    }
    return at;
  }

  private static List<Integer> objects(Op op) {
    List<Integer> objects = new ArrayList<>();
    add(objects, op.container(), 0);
    add(objects, op.group(), 1);
    add(objects, op.process(), 2);
    add(objects, op.other(), 2);
    return objects;
  }

  private static void add(List<Integer> objects, int number, int kind) {
    if (number != Op.NONE) {
      objects.add(number * KINDS + kind);
    }
  }
}
