package dev.mmexit.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations from words, as {@code attach 0 1; bind 0 0 | exit 0}. */
final class Ops {
  private Ops() {}

  static List<List<Op>> threads(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(Ops::list).toList();
  }

  static List<Op> list(String text) {
    List<Op> ops = new ArrayList<>();
    for (String each : text.split(";", -1)) {
      if (!each.isBlank()) {
        ops.add(op(each.strip().split(" ", -1)));
      }
    }
    return ops;
  }

  private static Op op(String[] words) {
    OperationKind kind =
        Arrays.stream(OperationKind.values())
            .filter(each -> each.word().equals(words[0]))
            .findFirst()
            .orElseThrow();
    int container = Op.NONE;
    int group = Op.NONE;
    int device = Op.NONE;
    int process = Op.NONE;
    int other = Op.NONE;
    for (int i = 0; i < kind.roles().size(); i++) {
      int number = Integer.parseInt(words[i + 1]);
      switch (kind.roles().get(i)) {
        case CONTAINER -> container = number;
        case GROUP -> group = number;
        case DEVICE -> {
          group = number;
          device = 0;
        }
        case PROCESS -> process = number;
        case CALLER, CHILD -> {
          other = process == Op.NONE ? Op.NONE : number;
          process = process == Op.NONE ? number : process;
        }
      }
    }
    return new Op(kind, container, group, device, process, other);
  }
}
