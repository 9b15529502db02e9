package dev.mmexit.jpf.checker;

import gov.nasa.jpf.Property;
import gov.nasa.jpf.search.Search;
import gov.nasa.jpf.search.SearchListenerAdapter;
import gov.nasa.jpf.vm.ElementInfo;
import gov.nasa.jpf.vm.NotDeadlockedProperty;
import gov.nasa.jpf.vm.ThreadInfo;
import gov.nasa.jpf.vm.ThreadList;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears of what Java PathFinder finds by itself, and ends a search that takes too long or is to be
 * done again anyway. Whether it is, is asked each time that the number of states has doubled: what
 * is explored in vain is less than twice what it took to learn that.
 */
final class Watcher extends SearchListenerAdapter {
  private static final String DEADLOCK = "deadlock";

  /** It is not worth while to end a search before this. */
  private static final long FEW = 64;

  private final Run run;
  private final long deadline;
  private boolean late;
  private String failure = "";

  Watcher(Run run, long deadline) {
    this.run = run;
    this.deadline = deadline;
  }

  /** Whether the search was ended. */
  boolean isLate() {
    return late;
  }

  /** What the driver died of; empty where it did not. */
  String failure() {
    return failure;
  }

  @Override
  public void stateAdvanced(Search search) {
    if (search.isNewState()) {
      run.newState();
      if (run.hasNews() && run.states() >= FEW && Long.bitCount(run.states()) == 1) {
        search.terminate();
      }
    }
    if (System.nanoTime() - deadline > 0) {
      late = true;
      search.terminate();
    }
  }

  @Override
  public void propertyViolated(Search search) {
    Property property = search.getLastError().getProperty();
    if (property instanceof NotDeadlockedProperty) {
      run.found(DEADLOCK, sentence(search.getVM().getThreadList()));
    } else {
      failure = property.getErrorMessage();
      search.terminate();
    }
  }

  private static String sentence(ThreadList threads) {
    List<String> waits = new ArrayList<>();
    for (ThreadInfo thread : threads) {
      ElementInfo object = thread.getThreadObject();
      if (thread.isAlive()
          && object.getClassInfo().getName().equals("dev.mmexit.jpf.ContextThread")) {
        waits.add(thread.getName() + " waits for " + object.getStringField("waitsFor"));
      }
    }
    return "no thread can go on: " + String.join("; ", waits);
  }
}
