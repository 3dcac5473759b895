package lanewise.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The crew and its meetings, with fewer and with more workers than cores. */
// A crew that hangs does not heed the interrupt by which a test of this thread would be ended.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {

  @Test
  void oneThreadIsTheCallerAlone() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (Workers workers = new Workers(1)) {
      Thread[] ran = new Thread[1];
      workers.run(
          1,
          (worker, barrier) -> {
            barrier.await();
            ran[worker] = Thread.currentThread();
            Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
            now.removeAll(before);
            assertEquals(Set.of(), now, "threads started");
          });
      assertSame(Thread.currentThread(), ran[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void everyWorkerRunsOnceInEachOfManyJobs(int threads) {
    try (Workers workers = new Workers(threads)) {
      assertEquals(threads, workers.threads());
      for (int round = 0; round < 500; round++) {
        int crew = 1 + round % threads; // The whole crew and parts of it in turn.
        AtomicIntegerArray runs = new AtomicIntegerArray(threads);
        Thread[] ran = new Thread[threads];
        workers.run(
            crew,
            (worker, barrier) -> {
              runs.incrementAndGet(worker);
              ran[worker] = Thread.currentThread();
              barrier.await();
            });
        for (int worker = 0; worker < threads; worker++) {
          assertEquals(worker < crew ? 1 : 0, runs.get(worker), "worker " + worker);
        }
        assertSame(Thread.currentThread(), ran[0], "the caller is worker 0");
        assertEquals(crew, Arrays.stream(ran, 0, crew).distinct().count(), "side by side");
      }
    }
  }

  /** Plain fields: what was written before a meeting must be seen after it. */
  @ParameterizedTest
  @CsvSource({"1, 2000", "2, 20000", "3, 2000", "7, 1000"})
  void nobodyPassesAMeetingBeforeAllHaveCome(int threads, int rounds) {
    try (Workers workers = new Workers(threads)) {
      int[] at = new int[threads];
      int[] expected = new int[threads];
      int[] passed = new int[threads];
      workers.run(
          threads,
          (worker, barrier) -> {
            int[] mine = new int[threads];
            for (int round = 1; round <= rounds; round++) {
              at[worker] = round;
              barrier.await();
              Arrays.fill(mine, round);
              assertArrayEquals(mine, at);
              barrier.await();
            }
            passed[worker] = rounds;
          });
      Arrays.fill(expected, rounds);
      assertArrayEquals(expected, passed);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "2,1", "3,0", "3,2", "7,0", "7,6"})
  void aFailureReachesTheCallerWhileOthersWait(int threads, int failing) {
    try (Workers workers = new Workers(threads)) {
      for (Throwable failure :
          new Throwable[] {new IllegalStateException("a test's"), new StackOverflowError()}) {
        Thread caller = Thread.currentThread();
        Throwable thrown =
            assertThrows(
                failure.getClass(),
                () ->
                    workers.run(
                        threads,
                        (worker, barrier) -> {
                          barrier.await();
                          if (worker == failing) {
                            sleep(20); // The others are asleep at the barrier by now.
                            throwIt(failure);
                          }
                          while (threads > 1) {
                            barrier.await();
                          }
                        }));
        assertSame(failure, thrown);
        assertFalse(caller.isInterrupted());
      }
      AtomicInteger runs = new AtomicInteger();
      workers.run(
          threads,
          (worker, barrier) -> {
            barrier.await();
            runs.incrementAndGet();
          });
      assertEquals(threads, runs.get(), "the crew is as good as before");
    }
  }

  private static void throwIt(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void countsOutOfRangeAreRefused() {
    for (int threads : new int[] {0, -1, 1025, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new Workers(threads).close());
    }
    try (Workers workers = new Workers(2)) {
      for (int crew : new int[] {0, -1, 3}) {
        Workers.Job never =
            (worker, barrier) -> {
              throw new AssertionError("ran");
            };
        IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> workers.run(crew, never));
        assertEquals(crew + " workers of a crew of 2", refused.getMessage());
      }
    }
  }

  @Test
  void closeEndsTheThreads() throws InterruptedException {
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(4)) {
      workers.run(
          4,
          (worker, barrier) -> {
            ran.add(Thread.currentThread());
            barrier.await();
          });
    }
    ran.remove(Thread.currentThread());
    assertEquals(3, ran.size());
    for (Thread thread : ran) {
      thread.join(20_000);
      assertFalse(thread.isAlive(), thread + " ends");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anInterruptedCallerFinishesTheJobAndStaysInterrupted(int threads) {
    try (Workers workers = new Workers(threads)) {
      AtomicInteger runs = new AtomicInteger();
      Thread.currentThread().interrupt();
      workers.run(
          threads,
          (worker, barrier) -> {
            barrier.await();
            if (worker > 0) {
              sleep(20); // The caller waits at the barrier, asleep.
            }
            barrier.await();
            runs.incrementAndGet();
          });
      assertTrue(Thread.interrupted(), "the flag is kept");
      assertEquals(threads, runs.get());
    } finally {
      Thread.interrupted();
    }
  }
}
