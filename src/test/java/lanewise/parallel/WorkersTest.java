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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads and their barrier, with fewer and with more threads than cores. A fault that makes them
 * hang is found in a second; the timeout is for threads that never stop spinning.
 */
@ExtendWith(HangWatch.class)
// Threads that hang ignore the interrupt that would end a test of this thread.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {

  @Test
  void oneThreadIsTheCallerAlone() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (Workers workers = new Workers(1)) {
      Thread[] ran = new Thread[1];
      workers.run(
          1,
          (thread, barrier) -> {
            barrier.await();
            ran[thread] = Thread.currentThread();
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
        int count = 1 + round % threads; // All threads and some of it in turn.
        AtomicIntegerArray runs = new AtomicIntegerArray(threads);
        Thread[] ran = new Thread[threads];
        workers.run(
            count,
            (thread, barrier) -> {
              runs.incrementAndGet(thread);
              ran[thread] = Thread.currentThread();
              barrier.await();
            });
        for (int thread = 0; thread < threads; thread++) {
          assertEquals(thread < count ? 1 : 0, runs.get(thread), "thread " + thread);
        }
        assertSame(Thread.currentThread(), ran[0], "the caller is thread 0");
        assertEquals(count, Arrays.stream(ran, 0, count).distinct().count(), "side by side");
      }
    }
  }

  /** Plain fields: writes before the barrier must be visible after it. */
  @ParameterizedTest
  @CsvSource({"1, 2000", "2, 20000", "3, 2000", "7, 1000"})
  void noThreadPassesTheBarrierBeforeAllHaveArrived(int threads, int rounds) {
    try (Workers workers = new Workers(threads)) {
      int[] at = new int[threads];
      int[] expected = new int[threads];
      int[] passed = new int[threads];
      workers.run(
          threads,
          (thread, barrier) -> {
            int[] mine = new int[threads];
            for (int round = 1; round <= rounds; round++) {
              at[thread] = round;
              barrier.await();
              Arrays.fill(mine, round);
              assertArrayEquals(mine, at);
              barrier.await();
            }
            passed[thread] = rounds;
          });
      Arrays.fill(expected, rounds);
      assertArrayEquals(expected, passed);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "2,1", "3,0", "3,2", "7,0", "7,6"})
  void aFailureIsThrownWhileOthersWait(int threads, int failing) {
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
                        (thread, barrier) -> {
                          barrier.await();
                          if (thread == failing) {
                            sleep(20); // The others are asleep at the barrier by now.
                            rethrow(failure);
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
          (thread, barrier) -> {
            barrier.await();
            runs.incrementAndGet();
          });
      assertEquals(threads, runs.get(), "the threads are as good as before");
    }
  }

  private static void rethrow(Throwable failure) {
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
      for (int count : new int[] {0, -1, 3}) {
        Workers.Job never =
            (thread, barrier) -> {
              throw new AssertionError("ran");
            };
        IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> workers.run(count, never));
        assertEquals("a job cannot run on %d threads of 2".formatted(count), refused.getMessage());
      }
    }
  }

  @Test
  void closeEndsTheThreads() throws InterruptedException {
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(4)) {
      workers.run(
          4,
          (thread, barrier) -> {
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
          (thread, barrier) -> {
            barrier.await();
            if (thread > 0) {
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aClosedPoolRejectsJobs(int threads) {
    Workers workers = new Workers(threads);
    workers.close();
    workers.close();
    for (int count = 1; count <= threads; count++) {
      int some = count;
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> workers.run(some, (thread, barrier) -> {}));
      assertEquals("these threads are closed", refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nestedJobsAreRejected(int threads) {
    try (Workers workers = new Workers(threads)) {
      AtomicInteger refused = new AtomicInteger();
      workers.run(
          threads,
          (thread, barrier) -> {
            IllegalStateException thrown =
                assertThrows(
                    IllegalStateException.class,
                    () -> workers.run(threads, (inner, innerBarrier) -> {}));
            assertEquals("these threads are running a job already", thrown.getMessage());
            refused.incrementAndGet();
            barrier.await();
          });
      assertEquals(threads, refused.get());
      workers.run(threads, (thread, barrier) -> refused.incrementAndGet());
      assertEquals(2 * threads, refused.get(), "the threads are as good as before");
    }
  }

  @Test
  void aNullJobIsRejected() {
    try (Workers workers = new Workers(2)) {
      assertEquals(
          "job", assertThrows(NullPointerException.class, () -> workers.run(2, null)).getMessage());
    }
  }

  /** A thread that fails to start, as if memory had run out. */
  private static final class DyingThread extends Workers.PoolThread {
    static final OutOfMemoryError DEATH = new OutOfMemoryError("a test's");

    DyingThread(ForkJoinPool pool, Workers workers) {
      super(pool, workers);
    }

    @Override
    protected void onStart() {
      throw DEATH;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aThreadThatDiesBeforeItsShareFailsTheJob(int threads) {
    try (Workers workers = new Workers(threads, DyingThread::new)) {
      for (int round = 0; round < 3; round++) {
        Throwable thrown =
            assertThrows(
                OutOfMemoryError.class,
                () -> workers.run(threads, (thread, barrier) -> barrier.await()));
        assertSame(DyingThread.DEATH, thrown);
      }
      workers.run(1, (thread, barrier) -> barrier.await());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aThreadThatCannotBeCreatedFailsTheJob(int threads) {
    OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
    Workers.ThreadMaker maker =
        (pool, owner) -> {
          throw none;
        };
    try (Workers workers = new Workers(threads, maker)) {
      Throwable thrown =
          assertThrows(
              OutOfMemoryError.class,
              () -> workers.run(threads, (thread, barrier) -> barrier.await()));
      assertSame(none, thrown);
    }
  }
}
