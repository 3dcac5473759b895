package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lanewise.fuzz.Refusal;
import lanewise.fuzz.Scratch;
import lanewise.nn.Mlp;
import lanewise.nn.TrainingState;

/**
 * Fuzz target: a checkpoint. After a first byte, the input is lines {@code name=value} that replace
 * metadata of a valid checkpoint ({@code name} alone removes an entry), with a correct checksum; or
 * pairs of a position and a value that is combined with the byte there.
 */
public final class CheckpointFuzz {
  private static final Path FILE = Scratch.directory().resolve(Checkpoints.FILE_NAME);
  private static final Checkpoint GOOD =
      new Checkpoint(
          new TrainingState(
              3,
              new float[][] {{0.5f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}},
              Optional.of(new TrainingState.Best(2, 0.75, new float[17]))),
          1.5,
          0.25,
          new Model(
              Mlp.glorot(1, 2, 3, 2),
              new ModelInfo(List.of("0", "1"), 255, Map.of(ModelInfo.SEED, "1"))));
  private static final byte[] GOOD_FILE = goodFile();

  private CheckpointFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    boolean damaged = input[0] % 2 == 0;
    if (damaged) {
      damage(rest);
    } else if (!writeWith(rest)) {
      return;
    }
    Checkpoint read;
    try {
      read = Checkpoint.read(FILE);
    } catch (ModelException e) {
      Refusal.check(e);
      return;
    }
    assertTrue(read.epoch() >= 1, () -> "epoch " + read.epoch());
    assertTrue(read.seconds() >= 0 && read.seconds() < Double.POSITIVE_INFINITY);
    assertTrue(read.secondsTrained() >= 0 && read.secondsTrained() < Double.POSITIVE_INFINITY);
    assertEquals(GOOD.model().net().sha256(), read.model().net().sha256());
    if (damaged) {
      assertEquals(GOOD.state(), read.state());
      assertEquals(GOOD.seconds(), read.seconds());
      assertEquals(GOOD.secondsTrained(), read.secondsTrained());
      assertEquals(GOOD.model().info(), read.model().info());
    }
  }

  private static void damage(byte[] pairs) throws IOException {
    byte[] file = GOOD_FILE.clone();
    for (int i = 0; i + 2 < pairs.length; i += 3) {
      int at = ((pairs[i] & 0xff) << 8 | pairs[i + 1] & 0xff) % file.length;
      file[at] ^= pairs[i + 2];
    }
    Files.write(FILE, file);
  }

  /** Returns false if a file cannot contain the text. */
  private static boolean writeWith(byte[] lines) throws IOException {
    Files.write(FILE, GOOD_FILE);
    Safetensors good = Safetensors.read(FILE);
    Map<String, String> metadata = new TreeMap<>(good.metadata());
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals < 0) {
        metadata.remove(line);
      } else {
        metadata.put(line.substring(0, equals), line.substring(equals + 1).replace("\\n", "\n"));
      }
    }
    if (metadata.containsKey(Safetensors.CHECKSUM)) {
      return false;
    }
    new Safetensors(good.tensors(), metadata).write(FILE);
    return true;
  }

  private static byte[] goodFile() {
    try {
      GOOD.write(FILE, null);
      return Files.readAllBytes(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
