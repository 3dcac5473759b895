package lanewise.nn;

import java.util.concurrent.atomic.AtomicLong;
import lanewise.kernel.NonZeros;

/**
 * Lists of batches that recur, as many as fit a share of the memory. Threads may keep different
 * batches at the same time, and use them once they have waited for each other.
 */
final class KeptLists {
  /** The share of the largest heap that all lists may take; MNIST's by rows have 24 MB. */
  private static final int MEMORY_SHARE = 16;

  /** By the number of the batch; null if not kept, or not yet. */
  private final NonZeros[] kept;

  /** Entries for which there is still room. */
  private final AtomicLong room =
      new AtomicLong(Runtime.getRuntime().maxMemory() / MEMORY_SHARE / Integer.BYTES);

  /**
   * Makes room.
   *
   * @param batches how many recur; none are kept beyond these
   */
  KeptLists(int batches) {
    this.kept = new NonZeros[batches];
  }

  /** Returns a batch's lists, or null if they are not kept. */
  NonZeros get(int batch) {
    return batch < kept.length ? kept[batch] : null;
  }

  /** Keeps a copy of a batch's lists, unless it is kept already or there is no room. */
  void keep(int batch, NonZeros lists) {
    if (batch < kept.length && kept[batch] == null && room.addAndGet(-lists.countEntries()) >= 0) {
      kept[batch] = lists.copy();
    }
  }
}
