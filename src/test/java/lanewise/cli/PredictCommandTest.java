package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lanewise.Needed;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.RealMnist;
import lanewise.data.digits.BuiltinDigits;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trained network recognises digits written as images. */
class PredictCommandTest {
  private static final int DIGITS = 60;
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @TempDir private static Path shared;
  private static Path model;
  private static final byte[] PIXELS = new byte[DIGITS * 784];
  private static final int[] LABELS = new int[DIGITS];

  @TempDir private Path directory;

  @BeforeAll
  static void train() throws IOException {
    model = TrainedDigits.save(shared);
    BuiltinDigits.draw(1, 60_000, 60_000 + DIGITS, PIXELS, LABELS, 0);
  }

  private static CommandRun predict(String... arguments) {
    List<String> all = new ArrayList<>(List.of("predict", "--model", model.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all);
  }

  /** The predicted digits by name. */
  private static String[] classes(CommandRun run) {
    return run.out().lines().map(line -> line.trim().split(" +")[1]).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "28, true, png",
    "28, false, bmp",
    "41, false, png",
    "64, true, bmp",
    "100, true, jpg",
    "150, false, jpeg",
    "333, true, png",
    "333, false, jpg",
    "900, true, bmp",
  })
  void digitsOfAnySizeColourAndFormatAreRecognised(int side, boolean dark, String format)
      throws IOException {
    int count = side > 500 ? 12 : DIGITS;
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("%02d.%s".formatted(i, format));
      DigitImages.write(PIXELS, i * 784, side, dark, file);
    }
    Files.writeString(directory.resolve("notes.txt"), "not an image, and left alone");
    CommandRun run = predict(directory.toString());
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    assertTrue(right(classes(run), LABELS, count) >= 0.9 * count, run.out());
    assertTrue(
        run.out()
            .lines()
            .allMatch(line -> line.matches("\\S+ +\\d +\\d+\\.\\d\\d% +\\d +\\d+\\.\\d\\d%")),
        run.out());
  }

  private static int right(String[] found, int[] labels, int count) {
    assertEquals(count, found.length);
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += found[i].equals(Integer.toString(labels[i])) ? 1 : 0;
    }
    return right;
  }

  @Test
  void mnistImagesArePredictedLikeTheirBytes() throws IOException {
    Samples test = DataSource.directory(RealMnist.directory()).test().first(200);
    float[] x = new float[200 * 784];
    test.copyRows(0, 200, x, 0);
    byte[] pixels = new byte[x.length];
    int[] labels = new int[200];
    test.copyLabels(0, 200, labels, 0);
    for (int i = 0; i < 200; i++) {
      for (int j = i * 784; j < (i + 1) * 784; j++) {
        pixels[j] = (byte) Math.round(x[j] * 255);
      }
      Path file = directory.resolve("%03d.png".formatted(i));
      DigitImages.write(pixels, i * 784, 28 + i, i % 2 == 0, file);
    }
    float[] p = new float[200 * 10];
    ModelFile.read(model).net().predict(x, 200, p);
    int direct = 0;
    for (int i = 0; i < 200; i++) {
      int best = 0;
      for (int j = 1; j < 10; j++) {
        best = p[i * 10 + j] > p[i * 10 + best] ? j : best;
      }
      direct += best == labels[i] ? 1 : 0;
    }
    int fromImages = right(classes(predict(directory.toString())), labels, 200);
    assertTrue(direct > 150, direct + " of 200");
    assertTrue(fromImages >= direct - 8, "%d of 200, %d directly".formatted(fromImages, direct));
  }

  @Test
  void standardInputIsAnImageToo() throws IOException {
    Path file = directory.resolve("x.png");
    DigitImages.write(PIXELS, 0, 90, true, file);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
      CommandRun run = predict("-");
      assertEquals(0, run.status(), run.err());
      assertEquals(classes(predict(file.toString()))[0], classes(run)[0]);
      assertTrue(run.out().startsWith("-  "), run.out());
      System.setIn(new ByteArrayInputStream(new byte[0]));
      assertEquals("lanewise: standard input: empty file\n", predict("-").err());
      DigitImages.write(new byte[784], 0, 50, true, file);
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
      assertTrue(predict("-").err().startsWith("lanewise: standard input: blank: "));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void rowsOfACsvAreReadWithAndWithoutLabels() throws IOException {
    StringBuilder plain = new StringBuilder();
    StringBuilder labelled = new StringBuilder("label" + ",p".repeat(784) + "\n");
    for (int i = 0; i < 20; i++) {
      StringBuilder row = new StringBuilder();
      for (int j = 0; j < 784; j++) {
        row.append(j == 0 ? "" : ",").append(PIXELS[i * 784 + j] & 255);
      }
      plain.append(row).append('\n');
      labelled.append(LABELS[i]).append(',').append(row).append('\n');
    }
    Path one = Files.writeString(directory.resolve("plain.csv"), plain);
    Path two = Files.writeString(directory.resolve("labelled.csv"), labelled);
    CommandRun run = predict(one.toString(), two.toString());
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(40, lines.size());
    assertTrue(lines.get(0).startsWith(one + ":1 "), lines.get(0));
    assertTrue(lines.get(20).startsWith(two + ":2 "), lines.get(20));
    for (int i = 0; i < 20; i++) {
      assertEquals(
          lines.get(i).replaceFirst("\\S+", "").trim(),
          lines.get(20 + i).replaceFirst("\\S+", "").trim());
    }
    assertTrue(right(Arrays.copyOf(classes(run), 20), LABELS, 20) >= 18, run.out());
  }

  @Test
  void aBrokenFileIsReportedAndTheOthersArePredicted() throws IOException {
    Path good = directory.resolve("good.png");
    Path broken = directory.resolve("broken.png");
    Path blank = directory.resolve("blank.png");
    Path text = Files.writeString(directory.resolve("text.txt"), "hello");
    Path rows = Files.writeString(directory.resolve("rows.csv"), "1,2,3\n");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    DigitImages.write(PIXELS, 0, 50, true, good);
    DigitImages.write(new byte[784], 0, 50, true, blank);
    DigitImages.writeBroken(broken);
    List<Path> files =
        List.of(broken, good, blank, text, directory.resolve("none.png"), rows, empty, good);
    CommandRun run = predict(files.stream().map(Path::toString).toArray(String[]::new));
    assertEquals(1, run.status());
    assertEquals(2, run.out().lines().count(), run.out());
    List<String> errors = run.err().lines().sorted().toList();
    assertAll(
        () -> assertEquals(6, errors.size(), run.err()),
        () -> assertSaid(errors, blank + ": blank: no pixel differs from the background"),
        () -> assertSaid(errors, broken + ": damaged or unsupported PNG: "),
        () -> assertSaid(errors, empty + ": no .png, .jpg, .jpeg or .bmp in this directory"),
        () -> assertSaid(errors, directory.resolve("none.png") + ": no such file"),
        () -> assertSaid(errors, rows + ", line 1: 3 cells, expected 784 pixels, or a label and"),
        () -> assertSaid(errors, text + ": not a PNG, JPEG or BMP image: it begins with 68 65"));
  }

  private static void assertSaid(List<String> lines, String start) {
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("lanewise: " + start)), start);
  }

  @Test
  void jsonHoldsAllProbabilities() throws IOException {
    Path file = directory.resolve("a \"b\".png");
    DigitImages.write(PIXELS, 0, 50, true, file);
    CommandRun run = predict("--json", file.toString(), file.toString());
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    double sum = 0;
    double best = 0;
    double probability = -1;
    try (JsonParser json = new JsonFactory().createParser(lines.get(0))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          double value = json.getDoubleValue();
          String path = json.getParsingContext().pathAsPointer().toString();
          sum += path.startsWith("/probabilities/") ? value : 0;
          best = path.startsWith("/probabilities/") ? Math.max(best, value) : best;
          probability = path.equals("/probability") ? value : probability;
        }
        if (token == JsonToken.VALUE_STRING && json.currentName().equals("name")) {
          assertEquals(file.toString(), json.getText());
        }
      }
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(best, probability);
  }

  @Test
  void aNetworkForOtherRowsRefusesImagesAndReadsItsRows() throws IOException {
    Path small = directory.resolve("small.safetensors");
    ModelInfo info = new ModelInfo(List.of("no", "maybe"), 1, Map.of());
    ModelFile.write(small, new Model(Mlp.of(new float[] {1, -1, 0, 0, 0, 2}, 2, 2), info));
    Path image = directory.resolve("x.png");
    DigitImages.write(PIXELS, 0, 50, true, image);
    Path rows = Files.writeString(directory.resolve("rows.csv"), "3,0\n0,200\n");
    CommandRun run =
        CommandRun.of("predict", "--model", small.toString(), image.toString(), rows.toString());
    assertEquals(1, run.status());
    assertEquals(
        "lanewise: %s: images have 784 values, but the network in %s expects 2: use a .csv file\n"
            .formatted(image, small),
        run.err());
    // 3 -> logits 3, -1; divided by 1 and not by 255: softmax(3, -3 + 2) = 0.982.
    assertTrue(run.out().contains(":1  no     98.20%  maybe   1.80%"), run.out());
  }

  @Test
  void anOutputThatIsNotFiniteIsNoPrediction() throws IOException {
    Path large = directory.resolve("large.safetensors");
    ModelInfo info = new ModelInfo(List.of("no", "yes"), 1, Map.of());
    ModelFile.write(large, new Model(Mlp.of(new float[] {3e38f, 1, 3e38f, 1, 0, 0}, 2, 2), info));
    Path rows = Files.writeString(directory.resolve("rows.csv"), "0,0\n9,9\n1,0\n8,8\n9,8\n");
    for (String format : List.of("--json", "--model=" + large)) {
      CommandRun run =
          CommandRun.of(
              format.equals("--json")
                  ? List.of("predict", "--model", large.toString(), format, rows.toString())
                  : List.of("predict", format, rows.toString()));
      assertEquals(1, run.status());
      assertEquals(2, run.out().lines().count(), run.out());
      assertEquals(
          "lanewise: %s:2: the output of the network in %s is not finite, here and in 2 other rows\n"
              .formatted(rows, large),
          run.err());
    }
    Path labelled = Files.writeString(directory.resolve("test.csv"), "0,0,0\n1,9,9\n");
    CommandRun run =
        CommandRun.of("evaluate", "--model", large.toString(), "--test", labelled.toString());
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().contains("is not finite for some of the rows"), run.err());
  }

  @Test
  void namesAreReadAsPeopleMeanThem() throws Exception {
    Path rows = Files.writeString(directory.resolve("ROWS.CSV"), "1,2,3\n");
    assertTrue(predict(rows.toString()).err().contains("ROWS.CSV, line 1: 3 cells, expected 784"));
    assertEquals("lanewise: '' is not the name of a file\n", predict("").err());
    Path pipe = directory.resolve("a.png");
    Needed.run("part of POSIX", "mkfifo", pipe.toString());
    CommandRun run = assertTimeoutPreemptively(TEN_SECONDS, () -> predict(directory.toString()));
    assertTrue(run.err().contains("no .png, .jpg, .jpeg or .bmp in this directory"), run.err());
    Path gone = Files.createSymbolicLink(directory.resolve("b.png"), directory.resolve("none"));
    assertEquals("lanewise: %s: no such file\n".formatted(gone), predict(directory + "").err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict | missing required parameter: 'INPUT'",
        "predict --model | missing required parameter for option '--model'",
        "predict --modle x y.png | unknown option '--modle'; did you mean --model?",
        "predict --model none.safetensors x.png | none.safetensors: no such file",
        "predict --model pom.xml x.png | pom.xml: not a safetensors file: it does not begin with",
      })
  void errorsAreReportedInOneLine(String arguments, String answer) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lanewise: " + answer), run.err());
  }

  @Test
  void imageNamesOfADirectoryAreSorted() throws DataException, IOException {
    for (String name : List.of("b.png", "a.JPG", "c.txt", "10.bmp", "9.jpeg")) {
      Files.createFile(directory.resolve(name));
    }
    Files.createDirectory(directory.resolve("d.png"));
    List<String> names = new ArrayList<>();
    ImageNames.add(directory.toString(), names);
    List<String> expected =
        List.of("10.bmp", "9.jpeg", "a.JPG", "b.png").stream()
            .map(name -> directory.resolve(name).toString())
            .toList();
    assertEquals(expected, names);
  }
}
