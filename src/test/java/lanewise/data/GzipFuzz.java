package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import lanewise.fuzz.Refusal;

/**
 * Fuzz target: gzip decompression. The first four bytes of the input select what is done with the
 * rest: it is decompressed as it is, with the same result as the JDK's; or it is compressed and one
 * byte is damaged, which must be refused or make no difference.
 */
public final class GzipFuzz {
  /** Limits the output: gzip expands a small input up to a thousandfold. */
  private static final int MAX_BYTES = 1 << 26;

  private GzipFuzz() {}

  /** Called by Jazzer and by the replay of its findings. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < 4) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 4, input.length);
    if (input[0] % 2 == 0) {
      compareWithTheJdk(rest);
    } else {
      damage(rest, input[1] & 0xff, input[2] & 0xff, input[3]);
    }
  }

  private static void compareWithTheJdk(byte[] file) throws IOException {
    byte[] ours;
    try {
      ours = unpack(file);
    } catch (DataException e) {
      Refusal.check(e);
      return;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      assertArrayEquals(in.readNBytes(MAX_BYTES), ours);
    }
  }

  /**
   * @param how selects the optional header fields and the compression level
   * @param at position of the damaged byte in 256ths of the file
   * @param change XORed into the byte; 0 leaves it unchanged
   */
  private static void damage(byte[] content, int how, int at, byte change) throws IOException {
    byte[] file = pack(content, how);
    file[file.length * at / 256] ^= change;
    byte[] unpacked;
    try {
      unpacked = unpack(file);
    } catch (DataException e) {
      Refusal.check(e);
      if (change == 0) {
        throw new AssertionError("refused a valid file", e);
      }
      return;
    }
    assertArrayEquals(content, unpacked, "damaged, but accepted");
  }

  private static byte[] pack(byte[] content, int how) throws IOException {
    int flags = how & 0x1e;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
    if ((flags & 4) != 0) {
      file.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
    }
    if ((flags & 8) != 0) {
      file.writeBytes(new byte[] {'n', 0});
    }
    if ((flags & 16) != 0) {
      file.writeBytes(new byte[] {'c', 'd', 0});
    }
    if ((flags & 2) != 0) {
      writeLittleEndian(file, crc(file.toByteArray()), 2);
    }
    Deflater deflater = new Deflater(how >> 5, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(file, deflater)) {
      out.write(content);
    } finally {
      deflater.end();
    }
    writeLittleEndian(file, crc(content), 4);
    writeLittleEndian(file, content.length, 4);
    return file.toByteArray();
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static void writeLittleEndian(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >> 8 * i));
    }
  }

  private static byte[] unpack(byte[] file) throws IOException {
    try (InputStream in = new GzipInput(new ByteArrayInputStream(file), "f.gz")) {
      return in.readNBytes(MAX_BYTES);
    }
  }
}
