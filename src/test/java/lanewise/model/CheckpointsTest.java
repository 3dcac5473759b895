package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path directory;
  private Path newest;
  private Path previous;
  private Checkpoints checkpoints;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void nameFiles() {
    newest = directory.resolve("checkpoint.safetensors");
    previous = directory.resolve("checkpoint.previous.safetensors");
    checkpoints = new Checkpoints(directory);
  }

  private static Checkpoint checkpoint(int epoch) {
    ModelInfo info =
        new ModelInfo(ModelInfo.numbered(3), 255, Map.of("seed", "1", "settings.batch", "8"));
    return new Checkpoint(epoch, epoch + 0.5, 0.25, new Model(Mlp.glorot(epoch, 5, 7, 3), info));
  }

  private void assertIs(int epoch, Checkpoint found) {
    assertEquals(epoch, found.epoch());
    assertEquals(epoch + 0.5, found.seconds());
    assertEquals(0.25, found.secondsTrained());
    assertEquals(checkpoint(epoch).model().info(), found.model().info());
    assertArrayEquals(
        checkpoint(epoch).model().net().parameters(), found.model().net().parameters());
  }

  @Test
  void theTwoLatestAreKept() throws IOException {
    assertTrue(checkpoints.recover(notices::add).isEmpty());
    for (int epoch = 1; epoch <= 4; epoch++) {
      checkpoints.add(checkpoint(epoch));
      assertIs(epoch, checkpoints.recover(notices::add).orElseThrow());
    }
    assertIs(3, Checkpoint.read(previous));
    assertEquals(List.of(), notices);
    try (var files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void betweenTheRenamesThePreviousOneIsTheNewest() throws IOException {
    checkpoints.add(checkpoint(1));
    Files.move(newest, previous);
    assertIs(1, checkpoints.recover(notices::add).orElseThrow());
    assertEquals(List.of(), notices);
  }

  @Test
  void aCheckpointIsAModelToo() throws IOException {
    checkpoints.add(checkpoint(2));
    Model model = ModelFile.read(newest);
    assertEquals(checkpoint(2).model().info(), model.info());
    assertEquals(checkpoint(2).model().net().sha256(), model.net().sha256());
  }

  @Test
  void aModelIsNotACheckpoint() throws IOException {
    ModelFile.write(newest, checkpoint(1).model());
    ModelException e = assertThrows(ModelException.class, () -> Checkpoint.read(newest));
    assertEquals(newest + ": not a checkpoint", e.getMessage());
  }

  private static final int PARAMETERS = 6 * 7 + 8 * 3;

  /** Of an optimizer with two moments, and with the best of five epochs. */
  private static Checkpoint full() {
    float[][] moments = new float[2][PARAMETERS];
    float[] best = new float[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      moments[0][i] = i + 0.5f;
      moments[1][i] = 1f / (i + 1);
      best[i] = -i;
    }
    TrainingState state =
        new TrainingState(5, moments, Optional.of(new TrainingState.Best(3, 0.1 + 0.2, best)));
    return new Checkpoint(state, 1.5, 0.25, checkpoint(5).model());
  }

  @Test
  void theStateOfTheTrainingIsKept() throws IOException {
    checkpoints.add(full());
    Checkpoint found = checkpoints.recover(notices::add).orElseThrow();
    assertEquals(full().state(), found.state());
    assertEquals(full().model().net().sha256(), found.model().net().sha256());
    assertEquals(full().model().net().sha256(), ModelFile.read(newest).net().sha256());
    assertArrayEquals(
        full().state().best().orElseThrow().parameters(), found.kept().net().parameters());
    Checkpoint plain = checkpoint(4);
    assertSame(plain.model(), plain.kept());
    assertTrue(Files.size(newest) > 4L * 4 * PARAMETERS);
  }

  /** A valid file whose state is not that of a training. */
  @Test
  void aStateThatDoesNotFitIsRefused() throws IOException {
    String bad = newest + ": not a checkpoint";
    assertRefused(bad, (tensors, text) -> text.put("checkpoint.best_epoch", "6"));
    assertRefused(bad, (tensors, text) -> text.put("checkpoint.best_epoch", "0"));
    assertRefused(bad, (tensors, text) -> text.put("checkpoint.best_loss", "NaN"));
    assertRefused(bad, (tensors, text) -> text.put("checkpoint.best_loss", "low"));
    assertRefused(bad, (tensors, text) -> text.remove("checkpoint.best_epoch"));
    assertRefused(bad, (tensors, text) -> remove(tensors, "checkpoint.best"));
    assertRefused(bad, (tensors, text) -> remove(tensors, "checkpoint.moments.0"));
    assertRefused(bad, (tensors, text) -> tensors.add(tensor("checkpoint.more", PARAMETERS)));
    assertRefused(
        newest + ": tensor checkpoint.moments.1 of shape [65], but the layer sizes require [66]",
        (tensors, text) -> {
          remove(tensors, "checkpoint.moments.1");
          tensors.add(tensor("checkpoint.moments.1", PARAMETERS - 1));
        });
    assertRefused(
        newest + ": parameter 2 of 66 is NaN, not a finite number",
        (tensors, text) -> {
          Tensor wrong = tensor("checkpoint.moments.1", PARAMETERS);
          wrong.data()[1] = Float.NaN;
          remove(tensors, wrong.name());
          tensors.add(wrong);
        });
  }

  private void assertRefused(String answer, BiConsumer<List<Tensor>, Map<String, String>> change)
      throws IOException {
    full().write(newest, null);
    Safetensors good = Safetensors.read(newest);
    List<Tensor> tensors = new ArrayList<>(good.tensors());
    Map<String, String> text = new TreeMap<>(good.metadata());
    change.accept(tensors, text);
    new Safetensors(tensors, text).write(newest);
    ModelException e = assertThrows(ModelException.class, () -> Checkpoint.read(newest));
    assertEquals(answer, e.getMessage());
  }

  private static void remove(List<Tensor> tensors, String name) {
    assertTrue(tensors.removeIf(tensor -> tensor.name().equals(name)), name);
  }

  private static Tensor tensor(String name, int length) {
    return new Tensor(name, new int[] {length}, new float[length]);
  }

  @Test
  void aStateThatIsNotFiniteIsNotWritten() {
    TrainingState state = full().state();
    state.moments()[1][3] = Float.POSITIVE_INFINITY;
    Checkpoint bad = new Checkpoint(state, 1, 1, checkpoint(5).model());
    ModelException e = assertThrows(ModelException.class, () -> checkpoints.add(bad));
    assertEquals(newest + ": parameter 4 of 66 is Infinity, not a finite number", e.getMessage());
    assertFalse(Files.exists(newest));
  }

  /** Every bit of the file, one at a time. */
  @Test
  void aFlippedBitIsDetected() throws IOException {
    checkpoints.add(checkpoint(1));
    byte[] good = Files.readAllBytes(newest);
    for (int at = 0; at < good.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << bit);
        assertDamaged(bad, "bit %d of byte %d".formatted(bit, at));
      }
    }
  }

  @Test
  void aTruncatedFileIsDetected() throws IOException {
    checkpoints.add(checkpoint(1));
    byte[] good = Files.readAllBytes(newest);
    for (int length = 0; length < good.length; length++) {
      assertDamaged(Arrays.copyOf(good, length), "cut at " + length);
    }
    assertDamaged(Arrays.copyOf(good, good.length + 1), "a byte more");
  }

  /** The effect of a lost sector. */
  @Test
  void zerosAndNoiseAreFound() throws IOException {
    checkpoints.add(checkpoint(1));
    byte[] good = Files.readAllBytes(newest);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      int from = random.nextInt(bad.length);
      int to = from + 1 + random.nextInt(bad.length - from);
      for (int at = from; at < to; at++) {
        bad[at] = (byte) (round % 2 == 0 ? 0 : random.nextInt());
      }
      if (!Arrays.equals(good, bad)) {
        assertDamaged(bad, "bytes %d to %d, seed %d".formatted(from, to, seed));
      }
    }
  }

  private void assertDamaged(byte[] bytes, String what) throws IOException {
    Files.write(newest, bytes);
    ModelException e = assertThrows(ModelException.class, () -> Checkpoint.read(newest), what);
    assertTrue(e.getMessage().startsWith(newest + ": "), what + ": " + e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), what + ": " + e.getMessage());
  }

  @Test
  void aDamagedCheckpointIsReportedAndNeverReplacesAGoodOne() throws IOException {
    checkpoints.add(checkpoint(1));
    checkpoints.add(checkpoint(2));
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 100));
    assertIs(1, checkpoints.recover(notices::add).orElseThrow());
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).startsWith(newest + ": "), notices.get(0));
    assertTrue(
        notices.get(0).endsWith("continuing from checkpoint.previous.safetensors, after epoch 1"),
        notices.get(0));
    checkpoints.add(checkpoint(3));
    assertIs(3, Checkpoint.read(newest));
    assertIs(1, Checkpoint.read(previous));
    checkpoints.add(checkpoint(4));
    assertIs(3, Checkpoint.read(previous));
  }

  @Test
  void withoutAGoodCheckpointRecoveryFails() throws IOException {
    checkpoints.add(checkpoint(1));
    checkpoints.add(checkpoint(2));
    Files.write(newest, new byte[0]);
    Files.writeString(previous, "not safetensors");
    ModelException e = assertThrows(ModelException.class, () -> checkpoints.recover(notices::add));
    assertTrue(e.getMessage().contains(newest + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(previous + ": "), e.getMessage());
    assertEquals(List.of(), notices);
  }

  @Test
  void aFailedWriteKeepsTheNewestCheckpoint() throws IOException {
    checkpoints.add(checkpoint(1));
    // Not a mode without permissions: root writes anyway.
    Files.createDirectories(previous.resolve("in the way"));
    assertThrows(IOException.class, () -> checkpoints.add(checkpoint(2)));
    assertIs(1, Checkpoint.read(newest));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(Set.of(newest, previous), files.collect(Collectors.toSet()));
    }
  }

  @Test
  void nonFiniteWeightsAreNotSaved() throws IOException {
    checkpoints.add(checkpoint(1));
    Checkpoint bad = checkpoint(2);
    bad.model().net().parameters()[3] = Float.NaN;
    assertThrows(ModelException.class, () -> checkpoints.add(bad));
    assertIs(1, Checkpoint.read(newest));
    assertFalse(Files.exists(previous));
  }
}
