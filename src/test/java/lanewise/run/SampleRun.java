package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import lanewise.model.Model;
import lanewise.model.ModelInfo;
import lanewise.nn.Engine;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;

/** Files of a made-up run: an untrained network, rows of noise, a smooth history. */
public final class SampleRun {
  private static final int ROWS = 300;

  public final Model model;
  public final Samples rows;
  public final Evaluation evaluation;
  public final Mistakes mistakes;
  private final Settings settings;
  private final Ending ending;

  /**
   * @param source the name of the data
   * @param labels names of the classes, one for each output of the network
   */
  public SampleRun(String source, List<String> labels, int epochs, int... sizes) {
    this(settings(source, "0".repeat(64), epochs, sizes), labels);
  }

  private SampleRun(Settings settings, List<String> labels) {
    this(
        settings,
        labels,
        new Ending(Ending.Cause.EPOCHS, settings.recipe().epochs(), settings.recipe().epochs()));
  }

  private SampleRun(Settings settings, List<String> labels, Ending ending) {
    this.settings = settings;
    this.ending = ending;
    int[] sizes = settings.sizes().stream().mapToInt(Integer::intValue).toArray();
    model =
        new Model(
            Mlp.glorot(42, sizes), new ModelInfo(labels, 255, Map.of("settings.why", "a test")));
    rows = noise(sizes[0], labels.size());
    evaluation = model.net().evaluate(rows);
    mistakes = Mistakes.find(model, rows, evaluation);
  }

  /** A run with the settings of the reference run, which its page is compared with. */
  public static SampleRun reference() {
    Settings settings = settings("mnist", ReferenceRun.MNIST_SHA256, 75, 784, 256, 128, 10);
    return new SampleRun(settings, ModelInfo.numbered(10));
  }

  /** A run of 12 epochs with validation rows that stopped after 9 and kept the sixth. */
  public static SampleRun stoppedEarly() {
    Settings all = settings("data", "0".repeat(64), 12, 784, 16, 10);
    Settings some =
        new Settings(
            all.recipe()
                .with(Recipe.FAST.method())
                .with(new Stopping(5000, 3, OptionalDouble.empty())),
            all.source(),
            all.sha256(),
            55_000,
            5000,
            ROWS,
            all.sizes(),
            all.engine(),
            all.threads(),
            Optional.empty(),
            false);
    return new SampleRun(some, ModelInfo.numbered(10), new Ending(Ending.Cause.EARLY_STOP, 9, 6));
  }

  private static Settings settings(String source, String sha256, int epochs, int... sizes) {
    List<Integer> layers = IntStream.of(sizes).boxed().toList();
    Recipe recipe =
        new Recipe(
            OptionalInt.empty(), layers.subList(1, layers.size() - 1), 64, 0.008, epochs, 42, 10);
    return new Settings(
        recipe, source, sha256, 60_000, 0, ROWS, layers, Engine.AUTO, 2, Optional.empty(), false);
  }

  private static Samples noise(int width, int classes) {
    Random random = new Random(5);
    byte[] pixels = new byte[ROWS * width];
    random.nextBytes(pixels);
    return Samples.ofBytes(pixels, width, random.ints(ROWS, 0, classes).toArray());
  }

  /** The loss is the lowest after six epochs. */
  private Optional<EpochResult.Validation> validation(int epoch) {
    return settings.validationRows() == 0
        ? Optional.empty()
        : Optional.of(new EpochResult.Validation(900 + Math.abs(epoch - 6), 0.88 - 0.4 / epoch));
  }

  /**
   * Writes all files except the model and the page.
   *
   * @param data the recorded location of the data
   */
  public void write(Path directory, DataPlace data) throws IOException {
    new RunRecord(Instant.EPOCH, data, settings.sha256(), settings.recipe(), Session.DEFAULT)
        .write(directory);
    HistoryColumns columns = HistoryColumns.of(settings);
    try (History history = History.create(directory, columns)) {
      for (int epoch = 1; epoch <= ending.epochs(); epoch++) {
        OptionalDouble test =
            epoch % 10 == 0 ? OptionalDouble.of(0.9 - 0.5 / epoch) : OptionalDouble.empty();
        EpochResult result =
            new EpochResult(epoch, 1e5 / epoch, 0.91 - 0.5 / epoch, 0.25, test, validation(epoch));
        history.add(columns.line(result));
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
            ending,
            ending.epochs() == 0 ? null : evaluation,
            settings.validationRows() == 0 ? null : evaluation,
            evaluation,
            null,
            null,
            model.net().parameters().length,
            model.net().sha256())
        .write(directory);
  }
}
