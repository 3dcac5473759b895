package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lanewise.browser.Chromium;
import lanewise.browser.Tab;
import lanewise.model.Model;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Optimizer;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pages about tables in a real browser. */
@Timeout(600)
class TablePageTest {
  private static final String HOSTILE = "</script><img src=x onerror=harm()>";

  /** From what the dots say of themselves, rounded: true and predicted values in their units. */
  private static final String RMSE_OF_DOTS =
      """
      (() => {
        const squares = [...document.querySelectorAll("#scatter circle title")].map((title) => {
          const [, truth, predicted] = /^true (.*), predicted (.*)$/.exec(title.textContent);
          return (truth - predicted) ** 2;
        });
        return Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
      })()""";

  /** Chromium may still be writing while it shuts down. */
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path profile;

  private static Chromium chromium;

  @TempDir private Path directory;

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

  /** The label is twice the first column, or says whether that is above 0. */
  private static Table table(boolean classes) {
    Random random = new Random(4);
    int rows = 120;
    float[] first = new float[rows];
    float[] second = new float[rows];
    float[] doubled = new float[rows];
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      first[row] = (float) random.nextGaussian();
      second[row] = (float) random.nextGaussian();
      doubled[row] = 2 * first[row];
      codes[row] = first[row] > 0 ? 1 : 0;
    }
    List<Table.Cells> columns =
        List.of(new Table.Numbers("second", second), new Table.Numbers(HOSTILE, first));
    return Table.of(
        columns,
        classes
            ? new Table.Texts("sign", codes, List.of("below", "above"))
            : new Table.Numbers("double", doubled));
  }

  private Path page(Table table) throws IOException {
    Encoding encoding = Encoding.fit(table, Scale.STANDARD, Missing.FAIL);
    Samples samples = encoding.samples(table);
    Mlp net = Mlp.he(1, encoding.inputs(), 16, encoding.outputs()).withTask(encoding.task());
    Trainer.builder(net).optimizer(Optimizer.adam()).learningRate(0.01).build().fit(samples, 60);
    Evaluation evaluation = net.evaluate(samples);
    Path page = directory.resolve("page.html");
    Report.ofEvaluation(
        evaluation, "a table", "1".repeat(64), Model.of(net, encoding), samples, page);
    return page;
  }

  private static List<Object> ids(Tab tab) throws Exception {
    Object all = tab.eval("[...document.querySelectorAll('section')].map((s) => s.id).join()");
    return new ArrayList<>(List.of(((String) all).split(",")));
  }

  private static Object text(Tab tab, String selector) throws Exception {
    return tab.eval("document.querySelector('%s').textContent".formatted(selector));
  }

  private static void show(Tab tab, Path page) throws Exception {
    tab.resize(1280, 900);
    tab.show(page);
    assertEquals(List.of(), tab.complaints());
    assertEquals(List.of(page.toUri().toString()), tab.requests());
  }

  @Test
  void aRegressionShowsPredictedAndTrueValues() throws Exception {
    try (Tab tab = chromium.open()) {
      show(tab, page(table(false)));
      assertEquals(List.of("training", "scatter", "importance", "settings"), ids(tab));
      assertEquals(120, tab.eval("document.querySelectorAll('#scatter circle').length"));
      assertTrue(((String) text(tab, "#tiles")).startsWith("Test R²0.9"), "the score comes first");
      assertTrue(((String) text(tab, "#scatter")).contains("predicted double"));
      double rmse = ((Number) tab.eval(RMSE_OF_DOTS)).doubleValue();
      String tile = (String) text(tab, "#tiles > div:nth-child(2) > dd");
      assertEquals(rmse, Double.parseDouble(tile), 0.05 * rmse);
      assertEquals(HOSTILE, text(tab, "#importance-bars li:first-child .label"));
      assertEquals("second", text(tab, "#importance-bars li:last-child .label"));
    }
  }

  @Test
  void aClassificationShowsItsClassesWithoutPictures() throws Exception {
    try (Tab tab = chromium.open()) {
      show(tab, page(table(true)));
      assertEquals(List.of("training", "confusion", "classes", "importance", "settings"), ids(tab));
      assertEquals("above", text(tab, "#matrix-box thead th[scope=col]"));
      assertTrue(
          ((String) text(tab, "#importance-bars li:first-child .value")).endsWith(" points"));
      assertEquals(HOSTILE, text(tab, "#importance-bars li:first-child .label"));
    }
  }
}
