package lanewise.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lanewise.io.AtomicFile;
import lanewise.io.LittleEndian;
import lanewise.io.Sha256;

/**
 * The content of a safetensors file of float32 tensors.
 *
 * @param tensors in the order of their bytes in the file
 * @param metadata strings by key
 */
record Safetensors(List<Tensor> tensors, Map<String, String> metadata) {
  /**
   * The metadata key under which {@link #write} puts the SHA-256 of the file as it would be without
   * this key. A reader verifies it if it is there, and omits it from the metadata.
   */
  static final String CHECKSUM = "content_sha256";

  Safetensors {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Reads a file.
   *
   * @throws ModelException if it cannot be read, is not valid safetensors, has a tensor that is not
   *     float32 or a wrong checksum
   */
  static Safetensors read(Path file) throws ModelException {
    try (SafetensorsReader in = SafetensorsReader.open(file)) {
      List<Tensor> tensors = new ArrayList<>();
      for (TensorEntry entry : in.tensors()) {
        float[] data = new float[entry.elements()];
        in.read(entry, data, 0);
        tensors.add(new Tensor(entry.name(), entry.shape(), data));
      }
      return new Safetensors(tensors, in.metadata());
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /**
   * Writes a file atomically: completely or not at all. The same tensors and metadata, in any
   * order, give the same bytes.
   *
   * @param file replaced if it exists
   * @throws ModelException if the header would exceed the maximum of 16 MiB
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   * @throws IllegalArgumentException if a name occurs twice or the metadata has {@link #CHECKSUM}
   */
  void write(Path file) throws IOException {
    write(file, null);
  }

  /**
   * Writes a file and keeps the one that it replaces.
   *
   * @param previous see {@link AtomicFile#write(Path, Path, AtomicFile.Content)}
   */
  void write(Path file, Path previous) throws IOException {
    AtomicFile.write(file, previous, content(file));
  }

  /**
   * Creates the file's directory if necessary and checks, without touching an existing file, that
   * {@link #write} can succeed.
   *
   * @throws IOException if it cannot
   */
  void prepare(Path file) throws IOException {
    AtomicFile.prepare(file, content(file));
  }

  private AtomicFile.Content content(Path file) throws IOException {
    List<Tensor> sorted = SafetensorsHeader.sort(tensors);
    check(sorted);
    SafetensorsHeader bare = SafetensorsHeader.of(sorted, new TreeMap<>(metadata));
    Sha256 checksum = new Sha256();
    checksum.add(bare.bytes());
    writeData(sorted, checksum::add);
    ByteBuffer header = bare.with(CHECKSUM, checksum.hex()).bytes();
    int length = header.remaining() - Long.BYTES;
    if (length > SafetensorsHeader.MAX_BYTES) {
      throw new ModelException(
          "%s: a header of %d bytes, more than the maximum of %d"
              .formatted(file, length, SafetensorsHeader.MAX_BYTES));
    }
    return out -> {
      out.write(header);
      writeData(sorted, out::write);
    };
  }

  private void check(List<Tensor> sorted) {
    if (metadata.containsKey(CHECKSUM)) {
      throw new IllegalArgumentException(CHECKSUM + " is reserved for the checksum");
    }
    String last = null;
    for (Tensor tensor : sorted) {
      if (tensor.name().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException("a tensor cannot be named " + tensor.name());
      }
      if (tensor.name().equals(last)) {
        throw new IllegalArgumentException("two tensors named " + last);
      }
      last = tensor.name();
    }
  }

  private static void writeData(List<Tensor> sorted, LittleEndian.Sink<IOException> sink)
      throws IOException {
    for (Tensor tensor : sorted) {
      LittleEndian.write(tensor.data(), sink);
    }
  }
}
