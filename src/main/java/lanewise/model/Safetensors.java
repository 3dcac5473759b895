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
 * A safetensors file of float32 tensors, whole in memory.
 *
 * @param tensors in the order of their bytes in the file
 * @param metadata free text by name
 */
record Safetensors(List<Tensor> tensors, Map<String, String> metadata) {
  /**
   * The metadata key under which {@link #write} puts the SHA-256 of the file as it would be without
   * this key. A reader checks it where it finds it, and leaves it out of the metadata.
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
   * Writes a file as a whole or not at all. The same tensors and metadata, in any order, give the
   * same bytes.
   *
   * @param file replaced if it is there
   * @throws ModelException if the header would be longer than a reader takes (1 MiB)
   * @throws IOException if it cannot be written; what was there before is there still
   * @throws IllegalArgumentException if a name occurs twice or the metadata has {@link #CHECKSUM}
   */
  void write(Path file) throws IOException {
    write(file, null);
  }

  /**
   * The same, keeping the file that is replaced.
   *
   * @param previous see {@link AtomicFile#write(Path, Path, AtomicFile.Content)}
   */
  void write(Path file, Path previous) throws IOException {
    AtomicFile.write(file, previous, content(file));
  }

  /**
   * Makes the file's directory if need be, and finds out without touching a file that is there
   * whether {@link #write} has a chance.
   *
   * @throws IOException if it has not
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
