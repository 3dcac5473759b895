package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.browser.Chromium;
import lanewise.browser.Tab;
import lanewise.sweep.Grid;
import lanewise.sweep.SweepDirectory;
import lanewise.sweep.SweepRow;
import lanewise.sweep.SweepTable;
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

/** The page of a sweep in a real browser. */
@Timeout(600)
class SweepPageTest {
  private static final String HOSTILE = "</script><img src=x onerror=harm()>";

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
  }

  @AfterEach
  void close() {
    tab.close();
  }

  /** Of each ten runs, one diverged; the best is the one before the last that did not. */
  private void show(int count, String hidden) throws Exception {
    Grid grid = Grid.parse("lr=0.1;hidden=8;seed=1");
    List<SweepRow> rows = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      boolean failed = number % 10 == 0;
      double score = failed ? 0 : (double) (number * 7919 % count) / count;
      rows.add(
          new SweepRow(
              number,
              List.of(number % 2 == 0 ? "0.001" : "0.1", hidden, Integer.toString(number % 7)),
              false,
              5,
              failed ? null : 12.5,
              failed ? null : score,
              null,
              failed ? null : score,
              null,
              1.5,
              failed ? "" : "%064x".formatted(number),
              failed ? "the loss is NaN " + HOSTILE : "",
              "train --hidden '" + hidden + "' --seed " + number));
    }
    SweepTable table = new SweepTable(grid.names(), true, false, false);
    try (SweepDirectory sweep =
        SweepDirectory.open(directory.resolve("sweep"), grid, List.of(), List.of())) {
      Path page = sweep.run(1).resolve("report.html");
      Files.createDirectories(page.getParent());
      Files.writeString(page, "<title>of a run</title>");
      SweepReport.write(table, rows, sweep);
      tab.show(sweep.page());
    }
    assertEquals(List.of(), tab.complaints());
    assertEquals(1, tab.requests().size(), tab.requests().toString());
  }

  private String text(String selector) throws IOException, InterruptedException {
    return (String) tab.eval("document.querySelector(`%s`).innerText".formatted(selector));
  }

  private int count(String selector) throws IOException, InterruptedException {
    return (int) tab.eval("document.querySelectorAll(`%s`).length".formatted(selector));
  }

  private void sort(String column) throws IOException, InterruptedException {
    tab.eval(
        "[...document.querySelectorAll('#run-table thead button')].find(b => b.textContent === '%s').click()"
            .formatted(column));
  }

  @Test
  void runsAreSortedByTheirScoreAndChosenByAClick() throws Exception {
    show(30, "8,4");
    assertEquals("lr, hidden, seed", text("#title"));
    assertTrue(
        text("#lead").matches("30 runs · 3 diverged · best test accuracy 96.67 %: run \\d+"),
        text("#lead"));
    assertEquals(30, count("#run-table tbody tr"));
    assertEquals("descending", tab.eval("document.querySelectorAll('th[aria-sort]')[0].ariaSort"));
    String best = text("#lead").replaceAll(".*run ", "");
    assertEquals(best, text("#run-table tbody tr:first-child button"));
    assertTrue(text("#run-table tbody tr:last-child").contains("the loss is NaN"), "failures last");
    sort("number");
    assertEquals("1", text("#run-table tbody tr:first-child button"));
    assertEquals("30", text("#run-table tbody tr:last-child button"), "by number, not as text");
    sort("number");
    assertEquals("30", text("#run-table tbody tr:first-child button"));
    tab.eval("document.querySelector('#run-table tbody tr:nth-child(2) button').click()");
    assertEquals("train --hidden '8,4' --seed 29", text("#command"));
    assertTrue(text("#again-hint").contains("%064x".formatted(29)), text("#again-hint"));
    assertEquals(
        "runs/0001/report.html",
        tab.eval("document.querySelector('#run-table a').getAttribute('href')"));
    assertEquals(1, count("#run-table a"));
    assertEquals(List.of(), tab.complaints());
  }

  @Test
  void eachNumericOptionHasAChart() throws Exception {
    show(30, "8,4");
    assertEquals(2, count(".uplot canvas"), "lr and seed; hidden is no number");
    assertEquals(
        "lr seed",
        tab.eval("[...document.querySelectorAll('.chart h3')].map(h => h.textContent).join(' ')"));
    assertTrue(
        (boolean)
            tab.eval(
                "[...document.querySelectorAll('.uplot canvas')].every(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0))"));
  }

  @Test
  void tenThousandRunsStayUsable() throws Exception {
    long start = System.nanoTime();
    show(10_000, "8");
    assertEquals(200, count("#run-table tbody tr"));
    tab.eval("document.getElementById('more').click()");
    assertEquals(1200, count("#run-table tbody tr"));
    sort("seed");
    assertEquals(200, count("#run-table tbody tr"));
    assertTrue(System.nanoTime() - start < 20e9, "it takes long");
    assertTrue(Files.size(directory.resolve("sweep/sweep.html")) < 4_000_000);
  }

  @Test
  void withoutRunsThePageSaysSo() throws Exception {
    show(0, "8");
    assertEquals("0 runs", text("#lead"));
    assertEquals(10, count("#run-table thead th"), "no column of problems without one");
    assertEquals(true, tab.eval("document.getElementById('effects').hidden"));
  }

  @Test
  void settingsAreTextWhateverTheyContain() throws Exception {
    show(10, HOSTILE);
    assertNull(tab.eval("window.harm"));
    assertEquals(0, count("main img"));
    assertTrue(text("#run-table tbody tr:first-child").contains(HOSTILE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void allTextHasEnoughContrast(String theme) throws Exception {
    tab.theme(theme);
    show(30, "8,4");
    tab.eval("document.querySelector('#run-table tbody tr button').click()");
    String script = Files.readString(Path.of("src/test/resources/lanewise/report/contrast.js"));
    assertEquals(List.of(), tab.eval(script));
    Object background = tab.eval("getComputedStyle(document.body).backgroundColor");
    tab.theme(theme.equals("light") ? "dark" : "light");
    assertNotEquals(background, tab.eval("getComputedStyle(document.body).backgroundColor"));
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() throws Exception {
    tab.resize(360, 740);
    show(30, "8,4,".repeat(40) + "8");
    assertEquals(360, tab.eval("document.documentElement.scrollWidth"));
  }
}
