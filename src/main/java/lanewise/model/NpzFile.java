package lanewise.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lanewise.io.AtomicFile;
import lanewise.io.LittleEndian;
import lanewise.nn.Mlp;

/**
 * A network's parameters for NumPy's {@code np.load}: an uncompressed zip archive with one array
 * per tensor, {@code layers.0.weight} (in, out) and so on.
 *
 * <p>Each array is a file in NumPy's format 1.0: the magic string, the version, the header's length
 * in two bytes, a Python literal that gives type, order and shape, padded so that the values begin
 * at a multiple of 64 bytes, the values. See {@code numpy.lib.format} in NumPy's documentation.
 */
public final class NpzFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  /**
   * A fixed time, so that the same arrays give the same bytes. Not the earliest that zip can
   * express: for that, Java adds an extended timestamp, which depends on the time zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private NpzFile() {}

  /**
   * Writes the parameters atomically: completely or not at all. The same network always gives the
   * same bytes.
   *
   * @param file replaced if it exists; if it is a symbolic link, the link's target is written
   * @param net whose parameters are written
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  public static void write(Path file, Mlp net) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(net, "net");
    AtomicFile.write(
        AtomicFile.target(file),
        target -> {
          try (ZipOutputStream zip =
              new ZipOutputStream(new BufferedOutputStream(stream(target)))) {
            for (Tensor tensor : LayerTensors.of(net)) {
              add(tensor, zip);
            }
          }
        });
  }

  private static void add(Tensor tensor, ZipOutputStream zip) throws IOException {
    byte[] header = header(tensor.shape());
    CRC32 crc = new CRC32();
    crc.update(header);
    LittleEndian.write(tensor.data(), crc::update);
    ZipEntry entry = new ZipEntry(tensor.name() + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setCrc(crc.getValue());
    entry.setSize(header.length + (long) tensor.data().length * Float.BYTES);
    zip.putNextEntry(entry);
    zip.write(header);
    LittleEndian.write(
        tensor.data(), bytes -> zip.write(bytes.array(), bytes.position(), bytes.remaining()));
    zip.closeEntry();
  }

  private static byte[] header(int[] shape) {
    String sizes = Arrays.toString(shape).replace("[", "(").replace("]", "");
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': %s%s), }"
            .formatted(sizes, shape.length == 1 ? "," : "");
    int length = MAGIC.length + Short.BYTES + text.length() + 1;
    String padded = text + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT) + "\n";
    return ByteBuffer.allocate(MAGIC.length + Short.BYTES + padded.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static OutputStream stream(AtomicFile.Target target) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        target.write(ByteBuffer.wrap(bytes, from, length));
      }
    };
  }
}
