package dev.mmexit.jpf.checker;
import dev.mmexit.scenario.format.*;
import dev.mmexit.variant.*;
import java.nio.file.*;
public final class Main {
  public static void main(String[] a) throws Exception {
    for (int i = 1; i < a.length; i++) {
      Scenario s = ScenarioParser.parseFile(Path.of(a[i]), Variants.names()).scenario();
      Verdict v = new PathFinderRun(Path.of(a[0]), System.getProperty("driver.cp"), Path.of("/tmp/n5/h3/programs")).explore(Variants.find("v2").get(), s, Long.getLong("secs", 60));
      System.out.println(s.name() + " " + v);
    }
  }
}
