package lanewise.nn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for the lists of non-zeros that a training keeps. All trainings of a JVM share it, however
 * many run at a time: the first ones take what they need, and give it back when they end.
 */
final class ListRoom implements AutoCloseable {
  /** The share of the largest heap. The lists of a training on MNIST have up to 71 MB. */
  private static final int MEMORY_SHARE = 8;

  /** Entries for which there is room. */
  private static final AtomicLong LEFT =
      new AtomicLong(Runtime.getRuntime().maxMemory() / MEMORY_SHARE / Integer.BYTES);

  private final AtomicLong taken = new AtomicLong();

  /**
   * Takes room for some entries; called by any thread.
   *
   * @return false if there is too little, and none is taken
   */
  boolean take(long entries) {
    if (LEFT.addAndGet(-entries) < 0) {
      LEFT.addAndGet(entries);
      return false;
    }
    taken.addAndGet(entries);
    return true;
  }

  /** Entries for which there is room; for tests. */
  static long left() {
    return LEFT.get();
  }

  /** Gives back what was taken. The lists are not used any more. */
  @Override
  public void close() {
    LEFT.addAndGet(taken.getAndSet(0));
  }
}
