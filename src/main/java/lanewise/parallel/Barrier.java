package lanewise.parallel;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reusable barrier for the threads of one job, which reach it every few dozen microseconds: a
 * thread that arrives early spins first, since waking a thread takes as long as the wait, and
 * sleeps only after that. What a thread wrote before the barrier is visible to all threads after
 * it.
 */
public final class Barrier {
  /** Thrown by {@link #await} when another thread has failed; {@link JobRun} catches it. */
  static final class Broken extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private Broken() {
      super("another thread failed", null, false, false);
    }
  }

  /** Allocated in advance: when it is needed, memory may have run out. */
  private static final Broken BROKEN = new Broken();

  /**
   * Longer than the threads usually wait for each other, too short to waste noticeable CPU time.
   */
  private static final long SPIN_NANOS = 100_000;

  /** Number of spins between two reads of the clock. */
  private static final int SPINS = 100;

  private final int parties;
  private final boolean spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile int sleepers;
  private volatile boolean broken;

  Barrier(int parties) {
    this.parties = parties;
    // With more threads than cores, spinning would keep the awaited threads from running.
    this.spins = parties <= Runtime.getRuntime().availableProcessors();
  }

  /** Waits until all threads of the job have called this method. */
  public void await() {
    if (parties == 1) {
      return;
    }
    int now = phase;
    if (arrived.incrementAndGet() == parties) {
      arrived.set(0);
      phase = now + 1;
      if (sleepers > 0) {
        wakeAll();
      }
    } else {
      if (spins) {
        spin(now);
      }
      if (phase == now) {
        sleep(now);
      }
    }
    if (broken) {
      throw BROKEN;
    }
  }

  private void spin(int now) {
    long deadline = System.nanoTime() + SPIN_NANOS;
    while (phase == now && !broken) {
      for (int i = 0; i < SPINS && phase == now; i++) {
        Thread.onSpinWait();
      }
      if (System.nanoTime() - deadline > 0) {
        return;
      }
    }
  }

  private synchronized void sleep(int now) {
    sleepers++;
    boolean interrupted = false;
    while (phase == now && !broken) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // An interrupt does not break the barrier; restored below.
      }
    }
    sleepers--;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  /** Makes all waiting and later calls of {@link #await} throw {@link Broken}. */
  void breakUp() {
    broken = true;
    wakeAll();
  }
}
