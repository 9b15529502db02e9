package dev.mmexit.stress;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Reads the file that a run leaves behind: one result for each test and configuration. */
public final class StoredResults {
  private StoredResults() {}

  /** All results in {@code file}, with jcstress's own reader. */
  public static Collection<TestResult> read(String file) throws IOException {
    InProcessCollector collector = new InProcessCollector();
    DiskReadCollector reader = new DiskReadCollector(file, collector);
    try {
      reader.dump();
    } catch (ClassNotFoundException other) {
      throw new IOException(file + " is of another version of jcstress", other);
    } finally {
      reader.close();
    }
    return List.copyOf(collector.getTestResults());
  }
}
