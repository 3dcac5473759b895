package lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.io.Sha256;
import lanewise.nn.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds, reads, downloads and draws data sets. */
class DataSourceTest {
  private static final String EXPECTED =
      "expected train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
          + " t10k-labels-idx1-ubyte (each also .gz), or mnist_train.csv and mnist_test.csv (each"
          + " also .gz)";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-idx", ".idx", "-idx gz", ".idx gz"})
  void findsIdxUnderEachOfItsNames(String form) throws IOException {
    SmallData.writeIdx(directory);
    rename("-idx", form.substring(0, 4));
    if (form.endsWith("gz")) {
      pack();
    }
    assertSmall(DataSource.directory(directory), directory + " (IDX)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsCsv(boolean packed) throws IOException {
    SmallData.writeCsv(directory);
    if (packed) {
      pack();
    }
    assertSmall(DataSource.directory(directory), directory + " (CSV)");
  }

  @Test
  void readsTwoNamedCsvFiles() throws IOException {
    SmallData.writeCsv(directory);
    Path train = directory.resolve("mnist_train.csv");
    Path test = directory.resolve("mnist_test.csv");
    assertSmall(DataSource.csv(train, test), train + " and " + test);
  }

  @Test
  void trainingAndTestSetMustMatch() {
    Samples three = Samples.ofBytes(new byte[6], 2, new int[] {0, 1, 2});
    Samples two = Samples.ofBytes(new byte[4], 2, new int[] {0, 1});
    Samples wide = Samples.ofBytes(new byte[3], 3, new int[] {0});
    assertEquals(three, new Dataset(three, two, "source", "hash").train());
    assertThrows(IllegalArgumentException.class, () -> new Dataset(two, three, "source", "hash"));
    assertThrows(IllegalArgumentException.class, () -> new Dataset(two, wide, "source", "hash"));
    assertThrows(NullPointerException.class, () -> new Dataset(null, two, "source", "hash"));
  }

  @Test
  void prefersIdxToCsvAndFilesToDirectories() throws IOException {
    SmallData.writeIdx(directory);
    rename("-idx", ".idx");
    Files.createDirectory(directory.resolve("train-images-idx3-ubyte"));
    Files.writeString(directory.resolve("mnist_train.csv"), "bad");
    Files.writeString(directory.resolve("mnist_test.csv"), "bad");
    assertSmall(DataSource.directory(directory), directory + " (IDX)");
  }

  @Test
  void readsCompleteCsvBesideIncompleteIdx() throws IOException {
    SmallData.writeIdx(directory);
    SmallData.writeCsv(directory);
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    assertSmall(DataSource.directory(directory), directory + " (CSV)");
  }

  @Test
  void refusesADirectoryWithoutMnist() {
    SmallData.assertRefused(
        directory,
        directory + ": no MNIST files, " + EXPECTED,
        () -> DataSource.directory(directory));
    SmallData.assertRefused(
        directory,
        "none: no such directory, " + EXPECTED,
        () -> DataSource.directory(directory.resolve("none")));
    SmallData.assertRefused(
        directory,
        "file: a file, expected a directory with MNIST",
        () -> DataSource.directory(Files.createFile(directory.resolve("file"))));
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    SmallData.writeCsv(directory);
    Files.delete(directory.resolve("mnist_test.csv"));
    SmallData.assertRefused(
        directory,
        directory + ": incomplete, missing mnist_test.csv",
        () -> DataSource.directory(directory));
    SmallData.writeIdx(directory);
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    Files.delete(directory.resolve("train-images-idx3-ubyte"));
    SmallData.assertRefused(
        directory,
        directory + ": incomplete, missing train-images-idx3-ubyte, t10k-labels-idx1-ubyte",
        () -> DataSource.directory(directory));
  }

  @Test
  void refusesADirectoryInsteadOfAFile() throws IOException {
    SmallData.writeIdx(directory);
    Files.delete(directory.resolve("train-images-idx3-ubyte"));
    Files.createDirectory(directory.resolve("train-images-idx3-ubyte"));
    SmallData.assertRefused(
        directory,
        "train-images-idx3-ubyte: a directory, expected a file",
        () -> DataSource.directory(directory));
  }

  @Test
  void refusesATestLabelThatNoTrainingRowHas() throws IOException {
    SmallData.writeCsv(directory);
    Files.writeString(directory.resolve("mnist_test.csv"), "1,5,5,5,5\n3,0,0,0,255\n");
    SmallData.assertRefused(
        directory,
        "mnist_test.csv, line 2: label 3, but the largest label of the training set is 2",
        () -> DataSource.directory(directory));
  }

  @Test
  void drawsTheSameDigitsWithAnyNumberOfThreads() {
    Dataset alone = DataSource.builtin(1);
    assertEquals(alone.sha256(), DataSource.builtin(3).sha256());
    assertEquals(alone.sha256(), DataSource.builtin().sha256());
    assertEquals(60_000, alone.train().rows());
    assertEquals(10_000, alone.test().rows());
    assertEquals(784, alone.train().width());
    assertEquals(10, alone.train().classes());
    assertEquals("built-in digits", alone.source());
  }

  @Test
  void mnistOrBuiltinReadsFilesWithoutANotice() throws IOException {
    SmallData.writeCsv(directory);
    List<String> notices = new ArrayList<>();
    assertSmall(
        DataSource.mnistOrBuiltin(directory, true, DownloadProgress.NONE, notices::add),
        directory + " (CSV)");
    assertEquals(List.of(), notices);
  }

  @Test
  void mnistOrBuiltinRefusesIncompleteData() throws IOException {
    Files.createFile(directory.resolve("mnist_train.csv"));
    SmallData.assertRefused(
        directory,
        directory + ": incomplete, missing mnist_test.csv",
        () -> DataSource.mnistOrBuiltin(directory, true, DownloadProgress.NONE, notice -> {}));
  }

  @Test
  void mnistOrBuiltinFallsBackToBuiltinDigitsWhenOffline() throws IOException {
    List<String> notices = new ArrayList<>();
    Dataset data = DataSource.mnistOrBuiltin(directory, true, DownloadProgress.NONE, notices::add);
    assertEquals("built-in digits", data.source());
    assertEquals(
        List.of(
            "MNIST is not in "
                + directory
                + " and was not downloaded (offline). Using the built-in digits instead; accuracy on them"
                + " is not accuracy on MNIST. To use MNIST, put "
                + EXPECTED.substring("expected ".length())
                + " into "
                + directory
                + "."),
        notices);
    assertEquals(List.of(), SmallData.names(directory));
  }

  @Test
  void mnistOrBuiltinFallsBackWhenTheDownloadFails() throws IOException {
    try (LocalServer server = new LocalServer()) {
      Download download = new Download(List.of(server.root()), files(), LocalServer.QUICK);
      List<String> notices = new ArrayList<>();
      Path made = directory.resolve("made");
      Dataset data =
          DataSource.mnistOrBuiltin(made, () -> download, DownloadProgress.NONE, notices::add);
      assertEquals("built-in digits", data.source());
      assertEquals(1, notices.size());
      assertTrue(
          notices
              .get(0)
              .contains(
                  "could not be downloaded ("
                      + server.root().getAuthority()
                      + ": HTTP status 404)"),
          notices.get(0));
      assertEquals(List.of(), SmallData.names(directory));
    }
  }

  @Test
  void mnistOrBuiltinDownloadsOnceAndThenReadsTheFiles() throws IOException {
    Path made = directory.resolve("a/b");
    List<String> notices = new ArrayList<>();
    try (LocalServer server = new LocalServer()) {
      server.serve("/train-images-idx3-ubyte.gz", SmallData.gzip(SmallData.TRAIN_IMAGES));
      server.serve("/train-labels-idx1-ubyte.gz", SmallData.gzip(SmallData.TRAIN_LABELS));
      server.serve("/t10k-images-idx3-ubyte.gz", SmallData.gzip(SmallData.TEST_IMAGES));
      server.serve("/t10k-labels-idx1-ubyte.gz", SmallData.gzip(SmallData.TEST_LABELS));
      Download download = new Download(List.of(server.root()), files(), LocalServer.QUICK);
      assertSmall(
          DataSource.mnistOrBuiltin(made, () -> download, DownloadProgress.NONE, notices::add),
          made + " (IDX)");
    }
    assertSmall(
        DataSource.mnistOrBuiltin(made, true, DownloadProgress.NONE, notices::add),
        made + " (IDX)");
    assertEquals(List.of(), notices);
  }

  @Test
  void readsRealMnistAlikeFromIdxAndCsv() throws IOException {
    Dataset idx = DataSource.directory(RealMnist.directory());
    assertEquals(60_000, idx.train().rows());
    assertEquals(10_000, idx.test().rows());
    assertEquals(10, idx.test().classes());
    assertEquals("06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16", idx.sha256());
    Path train = writeCsv(idx.train(), "train.csv");
    Path test = writeCsv(idx.test(), "test.csv");
    assertEquals(idx.sha256(), DataSource.csv(train, test).sha256());
  }

  private Path writeCsv(Samples samples, String name) throws IOException {
    StringBuilder text = new StringBuilder();
    float[] row = new float[samples.width()];
    for (int i = 0; i < samples.rows(); i++) {
      samples.copyRows(i, i + 1, row, 0);
      text.append(samples.label(i));
      for (float value : row) {
        text.append(',').append(Math.round(255 * value));
      }
      text.append('\n');
    }
    return Files.writeString(directory.resolve(name), text);
  }

  /** The four files of {@link SmallData} as a download knows them. */
  private static Map<String, String> files() {
    return Map.of(
        MnistDirectory.TRAIN_IMAGES,
        sha256(SmallData.TRAIN_IMAGES),
        MnistDirectory.TRAIN_LABELS,
        sha256(SmallData.TRAIN_LABELS),
        MnistDirectory.TEST_IMAGES,
        sha256(SmallData.TEST_IMAGES),
        MnistDirectory.TEST_LABELS,
        sha256(SmallData.TEST_LABELS));
  }

  private static String sha256(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /** The data of {@link SmallData}, whatever its form. */
  private static void assertSmall(Dataset data, String source) {
    assertEquals(3, data.train().rows());
    assertEquals(2, data.test().rows());
    assertEquals(4, data.train().width());
    assertEquals(3, data.train().classes());
    assertEquals(source, data.source());
    byte[] rows = {
      0, 1, 2, 3, -1, -2, -128, 127, 9, 8, 7, 6, 2, 0, 1, 5, 5, 5, 5, 0, 0, 0, -1, 1, 2
    };
    assertEquals(sha256(rows), data.sha256());
  }

  private void rename(String from, String to) throws IOException {
    for (String name : SmallData.names(directory)) {
      Files.move(directory.resolve(name), directory.resolve(name.replace(from, to)));
    }
  }

  private void pack() throws IOException {
    for (String name : SmallData.names(directory)) {
      Path file = directory.resolve(name);
      Files.write(directory.resolve(name + ".gz"), SmallData.gzip(Files.readAllBytes(file)));
      Files.delete(file);
    }
  }
}
