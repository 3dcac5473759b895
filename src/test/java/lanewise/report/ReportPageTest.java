package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.browser.Chromium;
import lanewise.browser.Tab;
import lanewise.image.GreyImage;
import lanewise.image.Preprocessing;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.ThreeClasses;
import lanewise.run.DataPlace;
import lanewise.run.Mistakes;
import lanewise.run.RunDirectory;
import lanewise.run.SampleRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a run in a real browser. */
@Timeout(600)
class ReportPageTest {
  private static final long MOST_BYTES = 2_500_000;
  private static final String HOSTILE =
      "</script><script>window.harm = 1</script><!--<script> & \u2028 \" '<img src=x onerror=harm()>";

  /** Chromium may still be writing while it shuts down. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path profile;

  private static Chromium chromium;

  @TempDir private Path directory;
  private Tab tab;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start(profile);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    tab = chromium.open();
    tab.resize(1280, 900);
  }

  @AfterEach
  void close() {
    tab.close();
  }

  /** Opens a page, which must cause no errors and request nothing but itself. */
  private void show(Path page) throws Exception {
    assertTrue(Files.size(page) < MOST_BYTES, Files.size(page) + " bytes");
    tab.show(page);
    assertEquals(List.of(), tab.complaints());
    assertEquals(List.of(page.toUri().toString()), tab.requests());
  }

  private Path page(SampleRun run) throws IOException {
    return page(run, Path.of("/some/data"));
  }

  private Path page(SampleRun run, Path data) throws IOException {
    run.write(directory, new DataPlace.Directory(data));
    Path page = directory.resolve(RunDirectory.PAGE);
    Report.ofRun(directory, run.model, page);
    return page;
  }

  private int count(String selector) throws Exception {
    return (int) tab.eval("document.querySelectorAll('%s').length".formatted(selector));
  }

  private String text(String id) throws Exception {
    return (String) tab.eval("document.getElementById('%s').innerText".formatted(id));
  }

  @Test
  void thePageShowsTheWholeRun() throws Exception {
    SampleRun run = SampleRun.reference();
    show(page(run));
    assertEquals(2, count(".uplot canvas"));
    assertEquals(100, count("#matrix-box td[role=gridcell]"));
    assertEquals(
        run.evaluation.confusion()[3][7],
        Integer.parseInt(
            (String)
                tab.eval("document.querySelectorAll('.matrix tbody tr')[3].cells[8].textContent")));
    assertEquals(10, count("#class-table tbody tr"));
    assertEquals(run.mistakes.rows().size(), count("#gallery canvas"));
    assertEquals(256, count("#units canvas"));
    assertTrue((boolean) tab.eval("Object.isFrozen(Object.prototype)"));
    assertEquals(75, count("#epoch-table tbody tr"));
    assertTrue(text("chart-loss").contains("the article"), text("chart-loss"));
    assertTrue(text("chart-loss").contains("24,556.6"), "the legend rests at the last epoch");
    assertTrue(text("title").equals("784-256-128-10 on MNIST"), text("title"));
    assertTrue(text("facts").contains(run.model.net().sha256()));
    assertTrue(text("facts").contains("a \"quick\" CPU"));
    assertEquals(
        "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train --data /some/data --test-every 10",
        text("command"));
    assertTrue(
        (boolean)
            tab.eval(
                "painted(document.querySelector('#chart-loss canvas'))"
                    .replace(
                        "painted(",
                        "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0))(")),
        "the chart is drawn");
  }

  @Test
  void theSameRunGivesTheSamePage() throws Exception {
    SampleRun run = SampleRun.reference();
    Path page = page(run);
    byte[] first = Files.readAllBytes(page);
    Report.ofRun(directory, run.model, page);
    assertArrayEquals(first, Files.readAllBytes(page));
  }

  /** The centre of the canvas on the screen, moved by a fraction of its size. */
  private double[] at(double dx, double dy) throws Exception {
    tab.eval("document.getElementById('pad').scrollIntoView({block: 'center'})");
    List<?> box =
        (List<?>)
            tab.eval(
                "(b => [b.x, b.y, b.width])(document.getElementById('pad').getBoundingClientRect())");
    double size = number(box.get(2));
    return new double[] {
      number(box.get(0)) + size * (0.5 + dx), number(box.get(1)) + size * (0.5 + dy)
    };
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private byte[] bytes(String expression) throws Exception {
    List<?> values = (List<?>) tab.eval(expression);
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ((Number) values.get(i)).byteValue();
    }
    return bytes;
  }

  /** The page preprocesses and classifies a drawing as the predict command does. */
  private void assertPredictsAsTheEngineDoes(SampleRun run) throws Exception {
    byte[] drawing = bytes("lanewise.drawing().pixels");
    int width = (int) tab.eval("lanewise.drawing().width");
    byte[] seen =
        Preprocessing.toMnist(new GreyImage(width, drawing.length / width, drawing)).orElseThrow();
    assertArrayEquals(seen, bytes("lanewise.pixels()"));
    assertProbabilities(run, seen);
  }

  private void assertProbabilities(SampleRun run, byte[] seen) throws Exception {
    float[] x = new float[seen.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (seen[i] & 255) / 255f;
    }
    float[] expected = run.model.net().predict(x);
    List<?> actual = (List<?>) tab.eval("lanewise.probabilities()");
    assertEquals(expected.length, actual.size());
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], number(actual.get(j)), 1e-5, "class " + j);
    }
    int best =
        IntStream.range(0, expected.length).reduce(0, (a, b) -> expected[b] > expected[a] ? b : a);
    String label = run.model.info().classes().get(best);
    assertTrue(text("reading").startsWith("Predicted as " + label + ", "), text("reading"));
  }

  @Test
  void mouseDraws() throws Exception {
    SampleRun run = SampleRun.reference();
    show(page(run));
    assertNull(tab.eval("lanewise.probabilities()"));
    assertEquals("Nothing drawn yet", text("reading"));
    double[][] seven = {{-0.25, -0.3}, {0.25, -0.28}, {0.1, 0.05}, {-0.05, 0.35}};
    double[] from = at(seven[0][0], seven[0][1]);
    tab.mouse("mousePressed", from[0], from[1]);
    for (double[] point : seven) {
      double[] to = at(point[0], point[1]);
      tab.mouse("mouseMoved", to[0], to[1]);
    }
    tab.mouse("mouseReleased", at(-0.05, 0.35)[0], at(-0.05, 0.35)[1]);
    assertPredictsAsTheEngineDoes(run);
    byte[] before = bytes("lanewise.pixels()");
    tab.mouse("mouseMoved", at(0.3, 0.3)[0], at(0.3, 0.3)[1]);
    assertArrayEquals(before, bytes("lanewise.pixels()"), "the pen is up");
    tab.eval("document.getElementById('clear').click()");
    assertNull(tab.eval("lanewise.pixels()"));
    assertEquals(List.of(), tab.complaints());
  }

  @Test
  void touchDraws() throws Exception {
    SampleRun run = new SampleRun("data", ModelInfo.numbered(26), 2, 784, 26);
    tab.resize(360, 740);
    show(page(run));
    double[] from = at(-0.3, 0.2);
    tab.touch("touchStart", from[0], from[1]);
    for (double step = -0.3; step < 0.3; step += 0.1) {
      double[] to = at(step, -step * step * 3);
      tab.touch("touchMove", to[0], to[1]);
    }
    tab.touch("touchEnd", 0, 0);
    assertPredictsAsTheEngineDoes(run);
  }

  @Test
  void theKeyboardDraws() throws Exception {
    SampleRun run = new SampleRun("data", ModelInfo.numbered(10), 2, 784, 16, 10);
    show(page(run));
    tab.eval("document.getElementById('pad').focus()");
    tab.key("ArrowUp", "ArrowUp");
    assertNull(tab.eval("lanewise.pixels()"), "the pen is up");
    tab.key(" ", "Space");
    for (String key : List.of("ArrowUp", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown")) {
      tab.key(key, key);
    }
    tab.key(" ", "Space");
    assertPredictsAsTheEngineDoes(run);
    tab.key("Delete", "Delete");
    assertNull(tab.eval("lanewise.pixels()"));
  }

  @Test
  void aMistakeIsPredictedAgain() throws Exception {
    SampleRun run = SampleRun.reference();
    show(page(run));
    tab.eval("document.querySelectorAll('#gallery button')[2].click()");
    byte[] values = run.mistakes.rows().get(2).values();
    assertArrayEquals(values, bytes("lanewise.pixels()"));
    assertProbabilities(run, values);
    Mistakes.Row row = run.mistakes.rows().get(2);
    List<?> read = (List<?>) tab.eval("lanewise.probabilities()");
    assertEquals(row.probability(), number(read.get(row.predicted())), 1e-5);
    assertEquals(row.labelProbability(), number(read.get(row.label())), 1e-5);
  }

  @Test
  void valuesAreShownForPointerAndKeys() throws Exception {
    show(page(SampleRun.reference()));
    tab.eval("document.getElementById('chart-score').focus()");
    for (int i = 0; i < 5; i++) {
      tab.key("ArrowLeft", "ArrowLeft");
    }
    String words =
        (String) tab.eval("document.getElementById('chart-score').getAttribute('aria-valuetext')");
    assertTrue(words.startsWith("Epoch 70: the article 88."), words);
    assertTrue(words.endsWith(", test 89.29 %"), words);
    assertTrue(text("chart-score").contains("70"), "the legend follows the keys");
    tab.eval("document.querySelector('td[tabindex=\"0\"]').focus()");
    tab.key("ArrowRight", "ArrowRight");
    tab.key("ArrowDown", "ArrowDown");
    assertTrue(text("matrix-detail").startsWith("1 predicted correctly: "), text("matrix-detail"));
    tab.key("ArrowRight", "ArrowRight");
    assertTrue(
        text("matrix-detail").matches("1 predicted as 2: \\d+ of \\d+ rows, \\d+\\.\\d %"),
        text("matrix-detail"));
  }

  @Test
  void validationAndAnEarlyStop() throws Exception {
    show(page(SampleRun.stoppedEarly()));
    String hint = text("training-hint");
    assertTrue(
        hint.contains(
            "Stopped after epoch 9 of 12, as the validation loss had not become lower. The weights"
                + " of epoch 6 are kept."),
        hint);
    String words =
        (String) tab.eval("document.getElementById('chart-loss').getAttribute('aria-valuetext')");
    assertTrue(words.matches("Epoch 9: training [\\d,.]+, validation [\\d,.]+"), words);
    assertEquals(3, count(".uplot canvas"));
    String tiles = (String) tab.eval("document.getElementById('tiles').textContent");
    assertTrue(tiles.contains("Validation accuracy"), tiles);
    String table = (String) tab.eval("document.getElementById('epoch-table').textContent");
    assertTrue(table.contains("validation accuracyseconds"), table);
    assertTrue(table.contains("903.0000"), table);
    String facts = (String) tab.eval("document.getElementById('facts').textContent");
    assertTrue(facts.contains("Recipeoptimizeradam"), facts);
    assertTrue(facts.contains("Endingcauseearly-stop"), facts);
  }

  /** The rate falls to 0 after epoch 12; this run was stopped after 9. */
  @Test
  void theLearningRateIsShownIfItChanges() throws Exception {
    tab.resize(360, 740);
    show(page(SampleRun.stoppedEarly()));
    assertEquals(360, tab.eval("document.documentElement.scrollWidth"));
    String attribute = "document.getElementById('chart-rate').getAttribute('%s')";
    assertEquals("Learning rate by epoch", tab.eval(attribute.formatted("aria-label")));
    assertEquals("9", tab.eval(attribute.formatted("aria-valuemax")));
    assertEquals("Epoch 9: learning rate 0.00207", tab.eval(attribute.formatted("aria-valuetext")));
    tab.eval("document.getElementById('chart-rate').focus()");
    tab.key("Home", "Home");
    assertEquals(
        "Epoch 0: learning rate 0.00002326", tab.eval(attribute.formatted("aria-valuetext")));
    tab.key("PageUp", "PageUp");
    tab.key("ArrowLeft", "ArrowLeft");
    assertEquals("Epoch 0.4: learning rate 0.008", tab.eval(attribute.formatted("aria-valuetext")));
    assertTrue(text("chart-rate").contains("0.008"), "the legend follows the keys");
    assertEquals(List.of(), tab.complaints());
  }

  /** Vertical lines of a chart in the colour of the mark. */
  private int marks(String id) throws Exception {
    return (int)
        tab.eval(
            """
            (({width, height, data}, [r, g, b]) => Array.from({length: width}, (_, x) =>
              Array.from({length: height}, (_, y) => 4 * (y * width + x)).filter((i) =>
                data[i] === r && data[i + 1] === g && data[i + 2] === b).length)
              .filter((count) => count > 100).length)(
                (c => c.getContext('2d').getImageData(0, 0, c.width, c.height))(
                  document.querySelector('#%s canvas')), Theme.rgb('--muted'))
            """
                .formatted(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void theKeptEpochIsMarked(String theme) throws Exception {
    tab.theme(theme);
    show(page(SampleRun.stoppedEarly()));
    for (String id : List.of("chart-loss", "chart-score", "chart-rate")) {
      assertEquals(1, marks(id), id);
    }
    show(page(SampleRun.reference()));
    assertEquals(0, marks("chart-loss"));
  }

  @Test
  void twoEpochsAndTwentySixClasses() throws Exception {
    List<String> letters =
        IntStream.range(0, 26).mapToObj(i -> String.valueOf((char) ('a' + i))).toList();
    show(page(new SampleRun("letters", letters, 2, 784, 32, 26)));
    assertEquals(676, count("#matrix-box td[role=gridcell]"));
    assertEquals(26, count("#bars li"));
    assertEquals(2, count(".uplot canvas"));
    assertTrue(text("draw-title").equals("Draw a character"));
  }

  @Test
  void withoutEpochsWithoutImages() throws Exception {
    show(page(new SampleRun("numbers", ModelInfo.numbered(3), 0, 7, 4, 3)));
    assertEquals(0, count(".uplot"));
    assertTrue(text("training-hint").startsWith("No epochs: "), text("training-hint"));
    assertTrue(text("draw-hint").contains("rows of 7 values"), text("draw-hint"));
    assertTrue(
        text("weights-hint").contains("7 values are not square images"), text("weights-hint"));
    assertTrue(text("mistakes-hint").contains("7 values are not shown"), text("mistakes-hint"));
    assertTrue(count("#gallery li") > 0);
  }

  @Test
  void aLargeNetworkIsLeftOut() throws Exception {
    show(page(new SampleRun("data", ModelInfo.numbered(10), 2, 784, 600, 10)));
    assertTrue(
        text("draw-hint").contains("477,010 parameters would make this page larger than 2.5 MB"),
        text("draw-hint"));
    assertEquals(256, count("#units canvas"));
  }

  @Test
  void missingFilesAreReported() throws Exception {
    SampleRun run = new SampleRun("data", ModelInfo.numbered(10), 3, 784, 10);
    Path page = page(run);
    Files.delete(directory.resolve("mistakes.json"));
    Files.delete(directory.resolve("run.json"));
    Report.ofRun(directory, null, page);
    show(page);
    assertTrue(
        text("draw-hint").contains("The trained network is not in the directory of the run"),
        text("draw-hint"));
    assertTrue(text("mistakes-hint").contains("mistakes.json is missing"));
    assertEquals(true, tab.eval("document.getElementById('again').hidden"));
  }

  @Test
  void anEvaluationHasAPageToo() throws Exception {
    SampleRun run = new SampleRun("data", ModelInfo.numbered(10), 3, 784, 10);
    Path page = directory.resolve("evaluation.html");
    Report.ofEvaluation(run.evaluation, "some rows", "1".repeat(64), run.model, run.rows, page);
    show(page);
    assertEquals("784-10 on some rows", text("title"));
    assertTrue(text("training-hint").contains("an evaluation"), text("training-hint"));
    assertTrue(text("facts").contains("a test"), "what is known of the model");
    assertEquals(100, count("#matrix-box td[role=gridcell]"));
  }

  /** A cell's text, class and heat, and which of red and blue its background has more of. */
  private List<?> cells() throws Exception {
    return (List<?>)
        tab.eval(
            """
            [...document.querySelectorAll('.matrix tbody tr')].map((row) => [...row.cells].map((cell) => {
              const pixel = new OffscreenCanvas(1, 1).getContext('2d');
              pixel.fillStyle = getComputedStyle(cell).backgroundColor;
              pixel.fillRect(0, 0, 1, 1);
              const [red, , blue] = pixel.getImageData(0, 0, 1, 1).data;
              const heat = cell.style.getPropertyValue('--heat');
              const colour = red > blue + 20 ? 'red' : blue > red + 20 ? 'blue' : 'grey';
              return cell.tagName === 'TH' ? cell.textContent
                : [cell.textContent, cell.className, heat, colour].join(' ');
            }))
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void eachFigureIsInItsPlace(String theme) throws Exception {
    Model model = new Model(ThreeClasses.net(), new ModelInfo(ThreeClasses.LABELS, 1, Map.of()));
    Path page = directory.resolve("three.html");
    Report.ofEvaluation(
        ThreeClasses.evaluation(), "rows", "1".repeat(64), model, ThreeClasses.samples(), page);
    tab.theme(theme);
    show(page);
    assertEquals(
        List.of(
            List.of("ant", "98 right 0.992 blue", "2  0.200 grey", "0 zero 0.000 grey"),
            List.of("bee", "1  0.183 grey", "59 right 0.994 blue", "0 zero 0.000 grey"),
            List.of("cat", "4 hot 1.000 red", "4 hot 1.000 red", "0 right pale 0.000 grey")),
        cells());
    assertEquals(
        "Most often confused: cat predicted as ant (4), cat predicted as bee (4),"
            + " ant predicted as bee (2), bee predicted as ant (1).",
        text("matrix-worst"));
    assertEquals(
        List.of(
            "class precision recall F1 rows",
            "ant 95.1 % 98.0 % 96.6 % 100",
            "bee 90.8 % 98.3 % 94.4 % 60",
            "cat \u2013 0.0 % 0.0 % 8",
            "mean 62.0 % 65.4 % 63.7 % 168"),
        tab.eval(
            "[...document.getElementById('class-table').rows].map((row) =>"
                + " [...row.cells].map((cell) => cell.textContent).join(' '))"));
  }

  @Test
  void namesAreTextWhateverTheyContain() throws Exception {
    List<String> labels = List.of("<b>", HOSTILE.replace("\u2028", ""), "&amp;");
    SampleRun run = new SampleRun(HOSTILE, labels, 1, 64, 3);
    show(page(run, Path.of("/" + HOSTILE)));
    assertNull(tab.eval("window.harm"));
    assertEquals("64-3 on " + HOSTILE, tab.eval("document.getElementById('title').textContent"));
    assertEquals("<b>", tab.eval("document.querySelector('.matrix tbody th').textContent"));
    assertTrue(
        text("command").contains(" --data '/" + HOSTILE.replace("'", "'\\''") + "'"),
        text("command"));
  }

  @Test
  void networkRequestsAreForbidden() throws Exception {
    show(page(new SampleRun("data", ModelInfo.numbered(10), 1, 784, 10)));
    assertEquals(
        "refused", tab.eval("fetch('http://127.0.0.1:9/').then(() => 'went', () => 'refused')"));
    tab.eval(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.harm = 1'}))");
    assertNull(tab.eval("window.harm"));
    assertTrue(
        tab.complaints().stream().anyMatch(line -> line.contains("Content Security Policy")),
        tab.complaints().toString());
  }

  @Test
  void lightAndDark() throws Exception {
    Path page = page(new SampleRun("data", ModelInfo.numbered(10), 3, 784, 10));
    String background = "getComputedStyle(document.body).backgroundColor";
    tab.theme("light");
    show(page);
    Object light = tab.eval(background);
    tab.theme("dark");
    Object dark = tab.eval(background);
    assertNotEquals(light, dark);
    tab.eval("document.getElementById('theme').click()");
    assertEquals(light, tab.eval(background), "chosen, whatever the system has");
    tab.eval("document.getElementById('theme').click()");
    tab.theme("light");
    assertEquals(dark, tab.eval(background));
    assertEquals(List.of(), tab.complaints());
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void allTextHasEnoughContrast(String theme) throws Exception {
    tab.theme(theme);
    show(page(SampleRun.reference()));
    String script = Files.readString(Path.of("src/test/resources/lanewise/report/contrast.js"));
    assertEquals(List.of(), tab.eval(script));
  }

  /** A printed page has no dark theme, no buttons and no drawing pad. */
  @Test
  void thePrintedPage() throws Exception {
    tab.theme("dark");
    show(page(new SampleRun("data", ModelInfo.numbered(10), 3, 784, 10)));
    tab.send("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertEquals("rgb(255, 255, 255)", tab.eval("getComputedStyle(document.body).backgroundColor"));
    assertEquals(
        List.of("none", "none", "none"),
        tab.eval(
            "['draw', 'theme', 'epochs'].map(id =>"
                + " getComputedStyle(document.getElementById(id)).display)"));
    assertTrue(
        tab.send("Page.printToPDF", Map.of()).at("result.data").toString().length() > 10_000);
    assertEquals(List.of(), tab.complaints());
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() throws Exception {
    tab.resize(360, 740);
    for (SampleRun run :
        List.of(
            SampleRun.reference(),
            new SampleRun("x".repeat(200), ModelInfo.numbered(26), 2, 784, 26))) {
      show(page(run));
      assertEquals(360, tab.eval("document.documentElement.scrollWidth"));
    }
  }
}
