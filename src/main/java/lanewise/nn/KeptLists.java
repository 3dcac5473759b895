package lanewise.nn;

import lanewise.kernel.NonZeros;

/**
 * Lists of batches that recur, as many as there is room for. Threads may keep different batches at
 * the same time, and use them once they have waited for each other.
 */
final class KeptLists {
  private final ListRoom room;

  /** By the number of the batch; null if not kept, or not yet. */
  private final NonZeros[] kept;

  /**
   * @param batches how many recur; none are kept beyond these
   */
  KeptLists(ListRoom room, int batches) {
    this.room = room;
    this.kept = new NonZeros[batches];
  }

  /** Returns a batch's lists, or null if they are not kept. */
  NonZeros get(int batch) {
    return batch < kept.length ? kept[batch] : null;
  }

  /** Keeps a copy of a batch's lists, unless it is kept already or there is no room. */
  void keep(int batch, NonZeros lists) {
    if (batch < kept.length && kept[batch] == null && room.take(lists.countEntries())) {
      kept[batch] = lists.copy();
    }
  }
}
