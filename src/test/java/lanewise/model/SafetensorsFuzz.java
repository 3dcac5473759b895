package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.fuzz.Refusal;
import lanewise.fuzz.Scratch;

/** Fuzz target: a safetensors file, read as any tensors and as a model. */
public final class SafetensorsFuzz {
  private static final Path DIRECTORY = Scratch.directory();

  private SafetensorsFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = Files.write(DIRECTORY.resolve("tensors"), input);
    try {
      checkTensors(Safetensors.read(file), input.length);
    } catch (ModelException e) {
      Refusal.check(e);
    }
    try {
      checkModel(ModelFile.read(file));
    } catch (ModelException e) {
      Refusal.check(e);
    }
  }

  /** The tensors cover the whole file and survive a round trip. */
  private static void checkTensors(Safetensors read, int fileBytes) throws IOException {
    long bytes = read.tensors().stream().mapToLong(tensor -> 4L * tensor.data().length).sum();
    if (bytes > fileBytes) {
      throw new AssertionError(bytes + " bytes of numbers in a file of " + fileBytes);
    }
    byte[] first = written(read);
    Safetensors again = Safetensors.read(DIRECTORY.resolve("again"));
    assertEquals(read.metadata(), again.metadata());
    assertEquals(read.tensors().size(), again.tensors().size());
    for (Tensor tensor : read.tensors()) {
      Tensor same =
          again.tensors().stream()
              .filter(other -> other.name().equals(tensor.name()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(tensor.name()));
      assertArrayEquals(tensor.shape(), same.shape());
      assertArrayEquals(bits(tensor.data()), bits(same.data()));
    }
    assertArrayEquals(first, written(again));
  }

  private static byte[] written(Safetensors tensors) throws IOException {
    Path file = DIRECTORY.resolve("again");
    tensors.write(file);
    return Files.readAllBytes(file);
  }

  private static void checkModel(Model model) throws IOException {
    Path file = DIRECTORY.resolve("model");
    ModelFile.write(file, model);
    byte[] first = Files.readAllBytes(file);
    ModelFile.write(file, ModelFile.read(file));
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  private static int[] bits(float[] data) {
    int[] bits = new int[data.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(data[i]);
    }
    return bits;
  }
}
