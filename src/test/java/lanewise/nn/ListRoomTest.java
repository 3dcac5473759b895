package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The memory of kept lists, which all trainings share. */
class ListRoomTest {
  @Test
  void roomsShareALimitAndGiveBackWhatTheyTook() {
    long all = ListRoom.left();
    assertTrue(all > 1_000_000, all + " entries");
    try (ListRoom first = new ListRoom()) {
      assertTrue(first.take(all - 10));
      try (ListRoom second = new ListRoom()) {
        assertFalse(second.take(11));
        assertTrue(second.take(10), "what was refused was not taken");
        assertFalse(second.take(1));
        assertFalse(first.take(1));
      }
      assertEquals(10, ListRoom.left());
    }
    assertEquals(all, ListRoom.left());
  }

  @Test
  void aTrainingTakesRoomForItsListsUntilItEnds() {
    long before = ListRoom.left();
    Samples digits = TestRows.digits(200);
    Trainer trainer = Trainer.builder(Mlp.glorot(1, 784, 32, 10)).batchSize(20).threads(2).build();
    long[] left = new long[BatchLists.MIN_EPOCHS + 1];
    trainer.fit(
        digits,
        BatchLists.MIN_EPOCHS,
        new TrainingListener() {
          @Override
          public void onEpoch(Epoch epoch) {
            epoch.evaluation();
            left[epoch.number()] = ListRoom.left();
          }
        });
    assertTrue(left[1] < before, "batches are kept at once");
    assertTrue(left[2] < left[1], "rows are kept when they are evaluated again");
    assertEquals(left[2], left[3], "nothing is kept twice");
    assertEquals(before, ListRoom.left());
  }
}
