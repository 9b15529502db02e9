package dev.mmexit.lincheck;

import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/** The containers' operations as users see them, for Lincheck to generate sequences of. */
@Param(name = "container", gen = IntGen.class, conf = "0:1")
@Param(name = "group", gen = IntGen.class, conf = "0:2")
@Param(name = "process", gen = IntGen.class, conf = "0:1")
public class Containers {
  public Containers() {
    Current.begin();
  }

  @Operation
  public int bind(@Param(name = "container") int container, @Param(name = "process") int process) {
    return Schedule.run("bind C" + container + " P" + process);
  }

  @Operation
  public int unbind(
      @Param(name = "container") int container, @Param(name = "process") int process) {
    return Schedule.run("unbind C" + container + " P" + process);
  }

  @Operation
  public int attach(@Param(name = "group") int group) {
    return Schedule.run("attach G" + group);
  }

  @Operation
  public int detach(@Param(name = "group") int group) {
    return Schedule.run("detach G" + group);
  }

  @Operation
  public int exit(@Param(name = "process") int process) {
    return Schedule.run("exit P" + process);
  }

  @Operation
  public int dma(@Param(name = "group") int group, @Param(name = "process") int process) {
    return Schedule.run("dma D" + group + " P" + process);
  }

  /** The properties of quiescence. */
  @Validate
  public void atRest() {
    List<String> violations = LinearContainers.violations();
    if (!violations.isEmpty()) {
      throw new IllegalStateException(String.join("; ", violations));
    }
  }
}
