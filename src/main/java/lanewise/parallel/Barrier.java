package lanewise.parallel;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A meeting point for the workers of one job, made for meetings every few dozen microseconds: who
 * arrives early spins for a while, since waking a thread costs as much as the wait, and sleeps only
 * then. Whatever a worker wrote before a meeting is seen by all after it.
 */
public final class Barrier {
  /** Thrown out of {@link #await} when another worker has failed; {@link Workers} catches it. */
  static final class Broken extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    static final Broken INSTANCE = new Broken();

    private Broken() {
      super("another worker failed", null, false, false);
    }
  }

  /** Longer than workers of even shares differ, shorter than anyone would notice. */
  private static final long SPIN_NANOS = 100_000;

  private static final int SPINS_BETWEEN_LOOKS_AT_THE_CLOCK = 100;

  private final int parties;
  private final boolean spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile int sleepers;
  private volatile boolean broken;

  Barrier(int parties) {
    this.parties = parties;
    // With more workers than cores, spinning would keep the awaited ones from running.
    this.spins = parties <= Runtime.getRuntime().availableProcessors();
  }

  /** Waits until all workers of the job have called this. */
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
      throw Broken.INSTANCE;
    }
  }

  private void spin(int now) {
    long deadline = System.nanoTime() + SPIN_NANOS;
    while (phase == now && !broken) {
      for (int i = 0; i < SPINS_BETWEEN_LOOKS_AT_THE_CLOCK && phase == now; i++) {
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
        interrupted = true; // Meetings are not cancelled this way; the flag is kept for the job.
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

  /** Ends all meetings, now and later, with {@link Broken}. */
  void breakUp() {
    broken = true;
    wakeAll();
  }
}
