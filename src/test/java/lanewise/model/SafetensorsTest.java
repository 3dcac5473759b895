package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors are written, then read back by the reader and by an independent one. */
class SafetensorsTest {
  private static final List<Tensor> TENSORS =
      List.of(
          new Tensor("\ud83d\ude00", new int[] {1}, new float[] {4}),
          new Tensor("b", new int[] {2}, new float[] {1, -2}),
          new Tensor("\uffee", new int[] {1, 1}, new float[] {3}),
          new Tensor("\u00e9", new int[] {0, 3}, new float[0]),
          new Tensor("a", new int[0], new float[] {.5f}));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("x.safetensors");
  }

  /** The checksum was computed by a program of a few lines of Python. */
  @Test
  void theHeaderMatchesTheReferenceWriterExceptForTheChecksum() throws IOException {
    new Safetensors(TENSORS, Map.of("k", "v\n\"x\"")).write(file);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(
        "{\"__metadata__\":{\"content_sha256\":"
            + "\"5359ca7882f8f23b9c16d691ebc1fd609cc7e496fd2fce0395b93abfb4213049\","
            + "\"k\":\"v\\n\\\"x\\\"\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
            + "\"\u00e9\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[12,12]},"
            + "\"\uffee\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[12,16]},"
            + "\"\ud83d\ude00\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]}}",
        ByTheBook.header(bytes).stripTrailing());
    Map<String, ByTheBook.Array> arrays = ByTheBook.safetensors(bytes);
    assertEquals(5, arrays.size());
    assertArrayEquals(new float[] {1, -2}, arrays.get("b").values());
    assertArrayEquals(new float[] {4}, arrays.get("\ud83d\ude00").values());
  }

  @Test
  void anEmptyFileIsValid() throws IOException {
    new Safetensors(List.of(), Map.of()).write(file);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(
        "{\"__metadata__\":{\"content_sha256\":"
            + "\"9bbcbf73561f6bc5d0a17ea6a2081feed2d1304e87602d8c502d9a5c4bd85576\"}}",
        ByTheBook.header(bytes).stripTrailing());
    assertEquals(0, bytes.length % 8);
    assertEquals(new Safetensors(List.of(), Map.of()), Safetensors.read(file));
  }

  @Test
  void headersAreAlignedAndOffsetsContiguous() throws IOException {
    for (int length = 0; length < 9; length++) {
      new Safetensors(TENSORS, Map.of("k", "x".repeat(length))).write(file);
      byte[] bytes = Files.readAllBytes(file);
      String header = ByTheBook.header(bytes);
      assertEquals(0, header.getBytes(StandardCharsets.UTF_8).length % 8);
      assertTrue(header.matches("(?s)\\{.*\\} {0,7}"), header);
      long at = 0;
      for (ByTheBook.Array array : ByTheBook.safetensors(bytes).values()) {
        assertEquals(at, array.begin());
        at = array.end();
      }
    }
  }

  @Test
  void tensorsAreReadBackBitForBit() throws IOException {
    float[] values = new float[100_003]; // More than one block of bytes.
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    values[0] = -0f;
    values[1] = Float.NaN;
    values[2] = Float.NEGATIVE_INFINITY;
    Tensor tensor = new Tensor("t", new int[] {values.length}, values);
    new Safetensors(List.of(tensor), Map.of("a", "b")).write(file);
    Safetensors back = Safetensors.read(file);
    assertEquals(Map.of("a", "b"), back.metadata());
    Tensor read = back.tensors().get(0);
    assertEquals("t", read.name());
    assertArrayEquals(tensor.shape(), read.shape());
    for (int i = 0; i < values.length; i++) {
      assertEquals(Float.floatToIntBits(values[i]), Float.floatToIntBits(read.data()[i]));
    }
  }

  @Test
  void theOrderOfTheTensorsDoesNotMatter() throws IOException {
    Map<String, String> metadata = Map.of("x", "1", "y", "2", "z", "3");
    new Safetensors(TENSORS, metadata).write(file);
    Path other = directory.resolve("other");
    List<Tensor> reversed = new ArrayList<>(TENSORS);
    Collections.reverse(reversed);
    new Safetensors(reversed, metadata).write(other);
    assertEquals(-1, Files.mismatch(file, other));
    Safetensors.read(file).write(other);
    assertEquals(-1, Files.mismatch(file, other));
  }

  @Test
  void invalidTensorsAreRejectedBeforeAFileIsCreated() {
    Tensor a = new Tensor("a", new int[0], new float[1]);
    refused("two tensors named a", List.of(a, a), Map.of());
    refused(
        "a tensor cannot be named __metadata__",
        List.of(new Tensor("__metadata__", new int[0], new float[1])),
        Map.of());
    refused(
        "content_sha256 is reserved for the checksum",
        List.of(a),
        Map.of(Safetensors.CHECKSUM, "x"));
    Safetensors tooLong = new Safetensors(List.of(a), Map.of("k", "x".repeat(1 << 24)));
    assertEquals(
        file + ": a header of 16777384 bytes, more than the maximum of 16777216",
        assertThrows(ModelException.class, () -> tooLong.write(file)).getMessage());
    assertEquals(0, directory.toFile().list().length);
  }

  private void refused(String message, List<Tensor> tensors, Map<String, String> metadata) {
    Safetensors safetensors = new Safetensors(tensors, metadata);
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> safetensors.write(file)).getMessage());
    assertEquals(0, directory.toFile().list().length);
  }

  @Test
  void theDataOfATensorMustFillItsShape() {
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("a", new int[] {2, 2}, new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("a", new int[] {-1, -1}, new float[1]));
    assertEquals(0, Tensor.elements(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0));
    assertEquals(
        Long.MAX_VALUE, Tensor.elements(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertEquals(1, Tensor.elements());
  }
}
