package dev.mmexit.reproduce.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mmexit.explorer.result.Finding;
import dev.mmexit.explorer.result.ThreadReport;
import dev.mmexit.explorer.result.ThreadStatus;
import dev.mmexit.kernel.FindingKind;
import dev.mmexit.reproduce.read.Frame;
import dev.mmexit.reproduce.read.RaceReport;
import dev.mmexit.reproduce.read.ReportedThread;
import dev.mmexit.reproduce.read.Role;
import dev.mmexit.reproduce.read.Symptom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private static final Finding DEADLOCK =
      deadlock(
          blocked(
              "T0",
              "iommu->lock",
              List.of("mmu_notifier srcu"),
              "vfio_iommu_mm_exit",
              "iommu_notifier_release",
              "exit_mmap",
              "mmput",
              "do_exit"),
          blocked(
              "T1",
              "mm_exit of bond D0-P0",
              List.of("iommu->lock", "group->mutex"),
              "io_mm_detach_locked",
              "__iommu_sva_unbind_dev_all",
              "iommu_detach_group",
              "vfio_iommu_type1_detach_group"));

  @Test
  void tasksAreThreadsInWhateverOrder() {
    Match match =
        match(
            task("&iommu->lock", List.of(), "schedule", "io_mm_detach_locked", "iommu_detach_group")
                .waitingForNothing(),
            task(null, List.of(), "mutex_lock", "vfio_iommu_mm_exit", "mmput"));
    assertThat(match.quality()).isEqualTo(Match.Quality.FULL);
    assertThat(match.parties()).containsEntry(0, "T1").containsEntry(1, "T0");
    assertThat(match.score()).isEqualTo(100);
  }

  @Test
  void theOrderOfFunctionsCounts() {
    Match match = match(task(null, List.of(), "mutex_lock", "mmput", "vfio_iommu_mm_exit"));
    assertThat(match.quality()).isEqualTo(Match.Quality.OTHER_WAY);
    Match other = match(task(null, List.of(), "mutex_lock", "io_mm_free", "vfio_iommu_mm_exit"));
    assertThat(other.quality()).isEqualTo(Match.Quality.NEAR);
    assertThat(other.score()).isBetween(41, 99);
  }

  @Test
  void oneThreadIsNotTwoTasks() {
    Match match =
        match(
            task(null, List.of(), "mutex_lock", "vfio_iommu_mm_exit"),
            task(null, List.of(), "mutex_lock", "vfio_iommu_mm_exit"));
    assertThat(match.isExact()).isFalse();
    assertThat(match.differences()).containsExactly("nobody is at the place of task:1");
  }

  @Test
  void whatIsWaitedForCounts() {
    assertThat(
            match(task(null, List.of(), "rwsem_down_write_failed", "vfio_iommu_mm_exit"))
                .differences())
        .containsExactly("T0 waits for a mutex, not for a semaphore");
    assertThat(
            match(task("&group->mutex", List.of(), "mutex_lock", "vfio_iommu_mm_exit"))
                .differences())
        .containsExactly("T0 waits for iommu->lock, not for group->mutex");
  }

  @Test
  void whatIsHeldCounts() {
    assertThat(
            match(
                    task(
                        null,
                        List.of("&iommu->lock", "rcu_read_lock"),
                        "schedule",
                        "io_mm_detach_locked"))
                .quality())
        .isEqualTo(Match.Quality.FULL);
    assertThat(
            match(task(null, List.of("&mm->mmap_sem"), "schedule", "io_mm_detach_locked"))
                .differences())
        .containsExactly("T1 does not hold mm->mmap_sem");
  }

  @Test
  void aScenarioMayEnterTheDriverAtOnce() {
    Match match =
        match(
            task(
                null,
                List.of("&container->group_lock"),
                "schedule",
                "io_mm_detach_locked",
                "vfio_iommu_type1_detach_group",
                "__vfio_group_unset_container",
                "vfio_group_fops_release"));
    assertThat(match.quality()).isEqualTo(Match.Quality.DIRECT);
    assertThat(match.notes())
        .anyMatch(note -> note.contains("__vfio_group_unset_container <- vfio_group_fops_release"))
        .anyMatch(note -> note.contains("does not hold container->group_lock"));
  }

  @Test
  void whatMayBeInlinedIsWorthLessUnlessTheWaitSaysSo() {
    assertThat(match(task(null, List.of(), "schedule", "__iommu_sva_unbind_dev_all")).quality())
        .isEqualTo(Match.Quality.FULL);
    assertThat(match(task(null, List.of(), "__iommu_sva_unbind_dev_all")).quality())
        .isEqualTo(Match.Quality.INLINED);
  }

  @Test
  void aFunctionThatIsNotThereIsStoodForByItsCaller() {
    RaceReport report =
        report(task(null, List.of(), "mutex_lock", "no_such_function", "io_mm_detach_locked"));
    Query query = Query.of(report, Model.get());
    assertThat(query.notes())
        .containsExactly(
            "no_such_function is not in the model: task:1 is matched by its nearest modelled"
                + " caller, io_mm_detach_locked.");
    assertThat(new Matcher(query, Model.get()).match(DEADLOCK).orElseThrow().quality())
        .isEqualTo(Match.Quality.FULL);
  }

  @Test
  void findingsOfAnotherWorldAreNone() {
    Finding race =
        new Finding(
            FindingKind.STALE_MM, "C0 lists P0", "C0 P0", DEADLOCK.threads(), "", List.of());
    Query query = Query.of(report(task(null, List.of(), "vfio_iommu_mm_exit")), Model.get());
    assertThat(new Matcher(query, Model.get()).match(race)).isEmpty();
  }

  private static Match match(Task... tasks) {
    Query query = Query.of(report(tasks), Model.get());
    Optional<Match> match = new Matcher(query, Model.get()).match(DEADLOCK);
    assertThat(match).isPresent();
    return match.get();
  }

  private static RaceReport report(Task... tasks) {
    return new RaceReport(
        Symptom.BLOCKED,
        "INFO: task",
        1,
        2,
        Arrays.stream(tasks).map(Task::thread).toList(),
        List.of());
  }

  private record Task(ReportedThread thread) {
    Task waitingForNothing() {
      return new Task(
          new ReportedThread(thread.task(), thread.role(), thread.frames(), null, thread.holds()));
    }
  }

  private static Task task(String waitsFor, List<String> holds, String... functions) {
    List<Frame> frames = Arrays.stream(functions).map(name -> new Frame(name, true)).toList();
    return new Task(new ReportedThread("task:1", Role.BLOCKED, frames, waitsFor, holds));
  }

  private static Finding deadlock(ThreadReport... threads) {
    return new Finding(
        FindingKind.DEADLOCK, "T1 holds ...", "a place", List.of(threads), "v1:0:T0", List.of());
  }

  private static ThreadReport blocked(
      String name, String waitsFor, List<String> holds, String... stack) {
    return new ThreadReport(
        name, name, ThreadStatus.BLOCKED, waitsFor, null, holds, List.of(stack));
  }
}
