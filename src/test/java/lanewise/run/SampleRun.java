package lanewise.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /**
   * @param source the name of the data
   * @param labels names of the classes, one for each output of the network
   */
  public SampleRun(String source, List<String> labels, int epochs, int... sizes) {
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

  /** A run with the settings of the reference run, which its page is compared with. */
  public static SampleRun reference() {
    Settings settings = settings("mnist", ReferenceRun.MNIST_SHA256, 75, 784, 256, 128, 10);
    return new SampleRun(settings, ModelInfo.numbered(10));
  }

  private static Settings settings(String source, String sha256, int epochs, int... sizes) {
    List<Integer> layers = IntStream.of(sizes).boxed().toList();
    Recipe recipe =
        new Recipe(
            OptionalInt.empty(), layers.subList(1, layers.size() - 1), 64, 0.008, epochs, 42, 10);
    return new Settings(recipe, source, sha256, 60_000, ROWS, layers, Engine.AUTO, 2);
  }

  private static Samples noise(int width, int classes) {
    Random random = new Random(5);
    byte[] pixels = new byte[ROWS * width];
    random.nextBytes(pixels);
    return Samples.ofBytes(pixels, width, random.ints(ROWS, 0, classes).toArray());
  }

  /**
   * Writes all files except the model and the page.
   *
   * @param data the recorded location of the data
   */
  public void write(Path directory, DataPlace data) throws IOException {
    new RunRecord(Instant.EPOCH, data, settings.sha256(), settings.recipe(), Session.DEFAULT)
        .write(directory);
    try (History history = History.create(directory, true)) {
      for (int epoch = 1; epoch <= settings.recipe().epochs(); epoch++) {
        OptionalDouble test =
            epoch % 10 == 0 ? OptionalDouble.of(0.9 - 0.5 / epoch) : OptionalDouble.empty();
        EpochResult result = new EpochResult(epoch, 1e5 / epoch, 0.91 - 0.5 / epoch, 0.25, test);
        history.add(History.line(result, true));
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
            settings.recipe().epochs() == 0 ? null : evaluation,
            evaluation,
            model.net().parameters().length,
            model.net().sha256())
        .write(directory);
  }
}
