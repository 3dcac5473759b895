package lanewise.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import lanewise.io.LittleEndian;
import lanewise.io.Sha256;
import lanewise.io.Text;

/**
 * An open safetensors file of float32 tensors. Opening it validates the header, checks that the
 * tensors fill the rest of the file without gaps or overlaps, and verifies the checksum if there is
 * one ({@link Safetensors#CHECKSUM}). Tensors are read on request: a header that claims huge
 * tensors allocates nothing.
 *
 * <p>The format: the length of the header as a little-endian 64-bit integer; the header, a JSON
 * object with the type, shape and offsets of each tensor; the values, little-endian. See the README
 * of the project huggingface/safetensors.
 */
final class SafetensorsReader implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final long dataOffset;
  private final SafetensorsHeader header;
  private final boolean verified;

  private SafetensorsReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new ModelException(
          "%s: %s, too short for safetensors, expected at least 8"
              .formatted(file, Text.count(size, "byte")));
    }
    long length = bytes(0, Long.BYTES).getLong();
    boolean fits = length >= 0 && length <= size - Long.BYTES;
    if (!fits && (length < 0 || length > SafetensorsHeader.MAX_BYTES)) {
      throw new ModelException(
          "%s: not a safetensors file: it does not begin with the length of a header"
              .formatted(file));
    }
    if (!fits) {
      throw new ModelException(
          "%s: a header of %s, but only %s follow; is it safetensors?"
              .formatted(file, Text.count(length, "byte"), Text.count(size - Long.BYTES, "byte")));
    }
    if (length > SafetensorsHeader.MAX_BYTES) {
      throw new ModelException(
          "%s: a header of %d bytes, expected at most %d"
              .formatted(file, length, SafetensorsHeader.MAX_BYTES));
    }
    this.dataOffset = Long.BYTES + length;
    SafetensorsHeader whole = HeaderParser.parse(bytes(Long.BYTES, (int) length).array(), file);
    whole.checkLayout(file, size - dataOffset);
    checkMemory(size - dataOffset);
    this.header = verified(whole, size - dataOffset);
    this.verified = whole.metadata().containsKey(Safetensors.CHECKSUM);
  }

  /**
   * Opens a file.
   *
   * @throws ModelException if it cannot be read or is not valid safetensors
   */
  static SafetensorsReader open(Path file) throws ModelException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new ModelException(
            "%s: %s, expected a file"
                .formatted(file, attributes.isDirectory() ? "a directory" : "a device or a pipe"));
      }
      FileChannel channel = FileChannel.open(file);
      try {
        return new SafetensorsReader(file, channel);
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /** Rejects a file that does not fit in memory before anything is allocated for it. */
  private void checkMemory(long dataBytes) throws ModelException {
    long memory = Runtime.getRuntime().maxMemory();
    if (dataBytes > memory) {
      throw new ModelException(
          "%s: %d MB of tensors, but Java's heap is limited to %d MB; raise it with -Xmx"
              .formatted(file, dataBytes >> 20, memory >> 20));
    }
  }

  /** Verifies the checksum, if there is one, and returns the header without it. */
  private SafetensorsHeader verified(SafetensorsHeader whole, long dataBytes) throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>(whole.metadata());
    String claimed = metadata.remove(Safetensors.CHECKSUM);
    SafetensorsHeader bare = new SafetensorsHeader(metadata, whole.tensors());
    if (claimed == null) {
      return bare;
    }
    Sha256 checksum = new Sha256();
    checksum.add(bare.bytes());
    for (long at = 0; at < dataBytes; ) {
      int count = (int) Math.min(LittleEndian.BLOCK_BYTES, dataBytes - at);
      checksum.add(bytes(dataOffset + at, count));
      at += count;
    }
    if (!checksum.hex().equals(claimed)) {
      throw new ModelException(
          "%s: damaged: the SHA-256 of its content differs from the recorded one".formatted(file));
    }
    return bare;
  }

  /** Whether the file has a checksum; a wrong one was refused when the file was opened. */
  boolean isVerified() {
    return verified;
  }

  /** Returns the metadata, without the checksum; may be empty. */
  Map<String, String> metadata() {
    return header.metadata();
  }

  /** The tensors, in the order of their bytes. */
  List<TensorEntry> tensors() {
    return header.tensors();
  }

  /**
   * Reads the values of a tensor.
   *
   * @param tensor one of {@link #tensors()}
   * @param out receives the values, row-major
   * @param offset index in {@code out} of the first value
   * @throws ModelException if the file cannot be read
   */
  void read(TensorEntry tensor, float[] out, int offset) throws ModelException {
    Objects.checkFromIndexSize(offset, tensor.elements(), out.length);
    int perBlock = LittleEndian.BLOCK_BYTES / Float.BYTES;
    try {
      for (int done = 0; done < tensor.elements(); done += perBlock) {
        int count = Math.min(perBlock, tensor.elements() - done);
        long position = dataOffset + tensor.begin() + (long) done * Float.BYTES;
        bytes(position, count * Float.BYTES).asFloatBuffer().get(out, offset + done, count);
      }
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  private ByteBuffer bytes(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it ends at byte " + (position + bytes.position()));
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
