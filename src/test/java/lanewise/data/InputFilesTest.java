package lanewise.data;

import static lanewise.data.SmallData.concat;
import static lanewise.data.SmallData.gzip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens plain and gzipped files and refuses invalid ones. */
class InputFilesTest {
  @TempDir private Path directory;

  @Test
  void rejectsNonRegularFiles() {
    SmallData.assertRefused(
        directory, "none: no such file", () -> InputFiles.open(directory.resolve("none")));
    SmallData.assertRefused(
        directory,
        "d: a directory, expected a file",
        () -> InputFiles.open(Files.createDirectory(directory.resolve("d"))));
  }

  @Test
  void refusesAnUnreadableFile() throws IOException {
    Path file = write("f", new byte[1]);
    Assumptions.assumeTrue(file.toFile().setReadable(false), "no permissions here");
    Assumptions.assumeFalse(Files.isReadable(file), "ProgramTest does this as root");
    SmallData.assertRefused(
        directory, "f: no permission to read it", () -> InputFiles.open(file).close());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65536, 1_000_000})
  void decompressesOneOrTwoMembers(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    assertArrayEquals(bytes, unpack(gzip(bytes)));
    assertArrayEquals(concat(bytes, bytes), unpack(concat(gzip(bytes), gzip(bytes))));
  }

  @Test
  void skipsOptionalHeaderFieldsAndChecksTheHeaderChecksum() throws IOException {
    byte[] packed = gzip(new byte[] {42});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(packed, 0, 3);
    file.write(2 | 4 | 8 | 16);
    file.write(packed, 4, 6);
    file.writeBytes(new byte[] {3, 0, 9, 9, 9, 'n', 0, 'c', 0});
    CRC32 crc = new CRC32();
    crc.update(file.toByteArray());
    int checksumOffset = file.size();
    file.write((int) crc.getValue());
    file.write((int) crc.getValue() >> 8);
    file.write(packed, 10, packed.length - 10);
    assertArrayEquals(new byte[] {42}, unpack(file.toByteArray()));
    for (int offset : new int[] {5, 12, checksumOffset}) {
      byte[] damaged = file.toByteArray();
      damaged[offset] ^= 4;
      SmallData.assertRefused(
          directory, "f.gz: invalid gzip: wrong header checksum", () -> unpack(damaged));
    }
  }

  @Test
  void refusesEveryTruncation() {
    byte[] packed = gzip(new byte[] {1, 2, 3});
    for (int length = 1; length < packed.length; length++) {
      byte[] part = Arrays.copyOf(packed, length);
      SmallData.assertRefused(directory, "f.gz: invalid gzip: unexpected end", () -> unpack(part));
    }
  }

  @Test
  void refusesDamage() {
    refuse("no gzip header", 0, 'x');
    refuse("unknown compression method", 2, 7);
    refuse("unknown flags", 3, 0x80);
    refuse("invalid block type", 10, 7);
    refuse("wrong length", gzip(new byte[9]).length - 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 26, 27, 70_000})
  void refusesBytesAfterTheEnd(int count) {
    byte[] file = concat(gzip(new byte[] {1}), new byte[count]);
    SmallData.assertRefused(
        directory, "f.gz: invalid gzip: other bytes follow it", () -> unpack(file));
  }

  private void refuse(String problem, int offset, int value) {
    byte[] packed = gzip(new byte[9]);
    packed[offset] = (byte) value;
    SmallData.assertRefused(directory, "f.gz: invalid gzip: " + problem, () -> unpack(packed));
  }

  private byte[] unpack(byte[] packed) throws IOException {
    try (InputStream in = InputFiles.open(write("f.gz", packed))) {
      return in.readAllBytes();
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }
}
