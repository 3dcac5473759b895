package lanewise.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;

/** Files of runs that nobody ran: a network as it was drawn, rows of noise, a smooth history. */
final class SampleRun {
  private static final int ROWS = 300;

  final Model model;
  final Samples rows;
  final Evaluation evaluation;
  final Mistakes mistakes;
  private final Settings settings;

  /**
   * @param source what the data is called
   * @param labels names of the classes, as many as the network has outputs
   */
  SampleRun(String source, List<String> labels, int epochs, int... sizes) {
    this(settings(source, "0".repeat(64), epochs, sizes), labels);
  }

  private SampleRun(Settings settings, List<String> labels) {
    this.settings = settings;
    int[] sizes = settings.sizes().stream().mapToInt(Integer::intValue).toArray();
    model =
        new Model(
            Mlp.glorot(42, sizes), new ModelInfo(labels, 255, Map.of("settings.why", "a test")));
    rows = noise(sizes[0], labels.size());
    evaluation = model.net().evaluate(rows);
    mistakes = Mistakes.find(model, rows, evaluation);
  }

  /** A run with the reference's settings, so that the article's is behind it. */
  static SampleRun reference() {
    Settings settings = settings("mnist", ReferenceRun.MNIST_SHA256, 75, 784, 256, 128, 10);
    return new SampleRun(settings, ModelInfo.numbered(10));
  }

  private static Settings settings(String source, String sha256, int epochs, int... sizes) {
    return new Settings(
        source,
        sha256,
        60_000,
        ROWS,
        IntStream.of(sizes).boxed().toList(),
        64,
        0.008,
        epochs,
        42,
        10,
        "auto",
        2);
  }

  private static Samples noise(int width, int classes) {
    Random random = new Random(5);
    byte[] pixels = new byte[ROWS * width];
    random.nextBytes(pixels);
    return Samples.ofBytes(pixels, width, random.ints(ROWS, 0, classes).toArray());
  }

  /** Writes all files but the model; returns the page's. */
  Path write(Path directory, Map<String, String> options) throws IOException {
    new RunRecord(Instant.EPOCH, options, settings).write(directory);
    try (History history = History.create(directory, true)) {
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        OptionalDouble test =
            epoch % 10 == 0 ? OptionalDouble.of(0.9 - 0.5 / epoch) : OptionalDouble.empty();
        history.add(History.line(epoch, 1e5 / epoch, 0.91 - 0.5 / epoch, 0.25, test));
      }
    }
    MistakesFile.write(directory, mistakes);
    new Summary(
            Instant.parse("2026-11-23T12:00:00Z"),
            20.5,
            settings,
            new Machine("some VM 25", "Linux", "a \"quick\" CPU", 4),
            "simd",
            16,
            settings.epochs() == 0 ? null : evaluation,
            evaluation,
            model.net().parameters().length,
            model.net().sha256())
        .write(directory);
    Path page = directory.resolve(Report.FILE_NAME);
    Report.ofRun(directory, model, page);
    return page;
  }
}
