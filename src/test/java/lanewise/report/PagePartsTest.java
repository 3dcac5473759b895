package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.run.Mistakes;
import lanewise.run.SampleRun;
import org.junit.jupiter.api.Test;

/** The parts of a page: mistakes, pictures of weights, the template. */
class PagePartsTest {
  @Test
  void mistakesAreTheMostConfidentOnes() {
    SampleRun run = new SampleRun("data", ModelInfo.numbered(10), 0, 784, 30, 10);
    List<Mistakes.Row> rows = run.mistakes.rows();
    assertEquals(run.evaluation.rows() - run.evaluation.correct(), run.mistakes.total());
    assertEquals(40, rows.size());
    for (Mistakes.Row row : rows) {
      float[] x = new float[784];
      run.rows.copyRows(row.row(), row.row() + 1, x, 0);
      float[] p = run.model.net().predict(x);
      assertEquals(run.rows.label(row.row()), row.label());
      assertEquals(p[row.predicted()], row.probability());
      assertEquals(p[row.label()], row.labelProbability());
      assertTrue(IntStream.range(0, 10).allMatch(j -> p[j] <= p[row.predicted()]));
      assertEquals(Math.round(x[100] * 255), row.values()[100] & 255);
    }
    assertEquals(
        rows.stream().sorted(Comparator.comparing(Mistakes.Row::probability).reversed()).toList(),
        rows);
  }

  /** Rows wider than a thumbnail are listed without values. */
  @Test
  void wideRowsAndNoMistakes() {
    int width = Mistakes.MAX_VALUES + 1;
    float[] weights = new float[2 * width + 2];
    Mlp net = Mlp.of(weights, width, 2);
    Model model = new Model(net, new ModelInfo(ModelInfo.numbered(2), 255, Map.of()));
    Samples rows = Samples.ofBytes(new byte[2 * width], width, new int[] {0, 1});
    Mistakes mistakes = Mistakes.find(model, rows, net.evaluate(rows));
    assertEquals(1, mistakes.total());
    assertEquals(1, mistakes.rows().get(0).row());
    assertEquals(0, mistakes.rows().get(0).values().length);
    Samples right = rows.first(1);
    assertEquals(0, Mistakes.find(model, right, net.evaluate(right)).total());
  }

  @Test
  void unitsAreSortedAndScaled() {
    float[] parameters = new float[64 * 3 + 3];
    parameters[3] = 0.5f; // Input 1 to unit 0.
    parameters[3 * 5 + 2] = -1; // Input 5 to unit 2.
    FirstLayer layer = FirstLayer.of(Mlp.of(parameters, 64, 3));
    assertArrayEquals(new int[] {2, 0, 1}, layer.units());
    assertArrayEquals(new double[] {1, 0.5, 0}, layer.norms());
    assertEquals(1, layer.largest());
    assertEquals(1, layer.images()[5] & 255);
    assertEquals(128, layer.images()[6] & 255);
    assertEquals(128 + 64, layer.images()[64 + 1] & 255);
  }

  @Test
  void rowsThatAreNotImagesHaveNoPictures() {
    assertNull(FirstLayer.of(Mlp.glorot(1, 63, 3)));
    assertNull(FirstLayer.of(Mlp.glorot(1, 49, 3)), "7 x 7 is too small");
    assertNull(FirstLayer.of(Mlp.glorot(1, 600 * 600, 1)), "far too large");
  }

  @Test
  void allSlotsOfThePageAreFilled() {
    String page = new PageTemplate("page.html", "A & <b>", "{\"a\":\"$1 {{title}}\"}").page();
    assertTrue(page.contains("<title>A &amp; &lt;b&gt;</title>"));
    assertTrue(page.contains("{\"a\":\"$1 {{title}}\"}"), "inserted text is not searched");
    assertTrue(page.contains("Copyright (c) 2022 Leon Sorokin"), "the licence of uPlot");
    assertFalse(page.contains("{{policy}}\""));
    assertFalse(page.contains("src=\""));
    assertFalse(page.contains("href=\"page.css"));
  }

  @Test
  void dataThatCouldEndItsElementIsRejected() {
    for (String data : List.of("\"</script>\"", "\"<!--\"", "\"&\"")) {
      assertThrows(
          IllegalArgumentException.class, () -> new PageTemplate("page.html", "title", data));
    }
  }
}
