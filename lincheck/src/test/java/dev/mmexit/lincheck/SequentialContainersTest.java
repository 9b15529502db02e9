package dev.mmexit.lincheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.variant.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The specification is that of the model: one thread alone cannot tell them apart. */
class SequentialContainersTest {
  private static final int SEQUENCES = 300;
  private static final int LENGTH = 12;

  @AfterEach
  void end() {
    Current.set(null);
  }

  @Test
  void isWhatTheModelDoesOneAfterTheOther() {
    LinearContainers.useAlone(Variants.find("v2").orElseThrow());
    Random random = new Random(1);
    for (int i = 0; i < SEQUENCES; i++) {
      Containers model = new Containers();
      SequentialContainers specification = new SequentialContainers();
      List<String> done = new ArrayList<>();
      for (int j = 0; j < LENGTH; j++) {
        int operation = random.nextInt(7);
        int container = random.nextInt(2);
        int group = random.nextInt(3);
        int process = random.nextInt(2);
        done.add(operation + " C" + container + " G" + group + " P" + process);
        int expected =
            switch (operation) {
              case 0, 6 -> specification.bind(container, process);
              case 1 -> specification.unbind(container, process);
              case 2 -> specification.attach(group);
              case 3 -> specification.detach(group);
              case 4 -> random.nextInt(4) == 0 ? specification.exit(process) : 1000;
              default -> specification.dma(group, process);
            };
        if (expected == 1000) {
          continue;
        }
        int actual =
            switch (operation) {
              case 0, 6 -> model.bind(container, process);
              case 1 -> model.unbind(container, process);
              case 2 -> model.attach(group);
              case 3 -> model.detach(group);
              case 4 -> model.exit(process);
              default -> model.dma(group, process);
            };
        assertThat(actual).as(done.toString()).isEqualTo(expected);
      }
      model.atRest();
    }
  }
}
