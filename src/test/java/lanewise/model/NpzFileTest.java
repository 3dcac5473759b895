package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for NumPy, by a reader that was written from the description of its format. */
class NpzFileTest {
  @TempDir private Path directory;

  @Test
  void itHoldsTheParameters() throws IOException {
    Path file = directory.resolve("net.npz");
    Mlp net = Mlp.glorot(3, 50, 41, 2);
    NpzFile.write(file, net);
    Map<String, ByTheBook.Array> arrays = ByTheBook.npz(file);
    assertEquals(
        List.of(
            "layers.0.weight.npy", "layers.0.bias.npy", "layers.1.weight.npy", "layers.1.bias.npy"),
        List.copyOf(arrays.keySet()));
    assertEquals(
        List.of("50, 41", "41,", "41, 2", "2,"),
        arrays.values().stream().map(ByTheBook.Array::shape).toList());
    for (int layer = 0; layer < 2; layer++) {
      int end = net.biasesOffset(layer) + net.width(layer + 1);
      assertArrayEquals(
          Arrays.copyOfRange(net.parameters(), net.weightsOffset(layer), net.biasesOffset(layer)),
          arrays.get("layers." + layer + ".weight.npy").values());
      assertArrayEquals(
          Arrays.copyOfRange(net.parameters(), net.biasesOffset(layer), end),
          arrays.get("layers." + layer + ".bias.npy").values());
    }
  }

  @Test
  void entriesHaveAFixedDate() throws IOException {
    Path file = directory.resolve("net.npz");
    NpzFile.write(file, Mlp.glorot(3, 5, 2));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        assertEquals(ZipEntry.STORED, entry.getMethod());
        assertEquals(LocalDateTime.of(1980, 2, 1, 0, 0), entry.getTimeLocal());
        assertEquals(null, entry.getExtra());
      }
    }
  }

  @Test
  void theSameNetworkGivesTheSameBytesInEachTimeZone() throws IOException {
    Path here = directory.resolve("here.npz");
    Path there = directory.resolve("there.npz");
    NpzFile.write(here, Mlp.glorot(3, 5, 2));
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      NpzFile.write(there, Mlp.glorot(3, 5, 2));
    } finally {
      TimeZone.setDefault(zone);
    }
    assertEquals(-1, Files.mismatch(here, there));
  }
}
