package lanewise.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lanewise.nn.Evaluation;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The run published in the article that this engine reproduces: 75 epochs of a 784-256-128-10
 * network on MNIST. Its seed is unknown, so a run with the same settings comes close but is not
 * identical.
 */
public final class ReferenceRun {
  /** SHA-256 of MNIST, computed as {@link lanewise.data.Dataset#sha256} specifies. */
  public static final String MNIST_SHA256 =
      "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16";

  /** The article's accuracy on MNIST's 10,000 test rows. */
  static final double TEST_ACCURACY = 0.8978;

  private static final String RESOURCE = "/lanewise/reference-run.csv";
  private static final List<Integer> SIZES = List.of(784, 256, 128, 10);
  private static final int ROWS = 60_000;

  private ReferenceRun() {}

  /**
   * An epoch of the article's run.
   *
   * @param epoch from 1
   * @param loss summed over the training rows
   * @param accuracy on the same rows
   */
  public record Epoch(int epoch, double loss, double accuracy) {}

  /** The article's epochs, in order. */
  public static List<Epoch> epochs() {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (InputStream in = ReferenceRun.class.getResourceAsStream(RESOURCE);
        CSVParser parser = CSVParser.parse(in, StandardCharsets.UTF_8, format)) {
      return parser.stream().map(ReferenceRun::epoch).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Epoch epoch(CSVRecord record) {
    return new Epoch(
        Integer.parseInt(record.get("epoch")),
        Double.parseDouble(record.get("loss")),
        Double.parseDouble(record.get("accuracy")));
  }

  /** Whether a run with these settings repeats the article's run, except for the seed. */
  static boolean isRepeatedBy(Settings settings) {
    Recipe recipe = settings.recipe();
    return settings.sha256().equals(MNIST_SHA256)
        && settings.trainRows() == ROWS
        && settings.sizes().equals(SIZES)
        && recipe.batch() == Recipe.REFERENCE.batch()
        && recipe.learningRate() == Recipe.REFERENCE.learningRate()
        && recipe.epochs() == Recipe.REFERENCE.epochs()
        && recipe.method().equals(Method.REFERENCE)
        && recipe.stopping().equals(Stopping.NEVER);
  }

  /** Compares a run's final figures with the article's. */
  static Comparison compare(Evaluation train, Evaluation test) {
    Epoch last = epochs().getLast();
    return new Comparison(
        train.loss(),
        last.loss(),
        train.accuracy(),
        last.accuracy(),
        test.accuracy(),
        TEST_ACCURACY);
  }

  /** The final figures of a run and of the article's. */
  public record Comparison(
      double loss,
      double referenceLoss,
      double accuracy,
      double referenceAccuracy,
      double testAccuracy,
      double referenceTestAccuracy) {

    /** A small table, line by line. */
    public List<String> lines() {
      return List.of(
          row("", "loss", "accuracy", "test accuracy"),
          figures("this run", loss, accuracy, testAccuracy),
          figures("the article's", referenceLoss, referenceAccuracy, referenceTestAccuracy),
          row(
              "difference",
              String.format(Locale.ROOT, "%+.1f %%", 100 * (loss / referenceLoss - 1)),
              points(accuracy - referenceAccuracy),
              points(testAccuracy - referenceTestAccuracy)));
    }

    private static String figures(String whose, double loss, double accuracy, double test) {
      return row(
          whose,
          Decimals.fixed(loss, 4),
          Decimals.fixed(100 * accuracy, 2) + " %",
          Decimals.fixed(100 * test, 2) + " %");
    }

    private static String points(double difference) {
      return String.format(Locale.ROOT, "%+.2f points", 100 * difference);
    }

    private static String row(String whose, String loss, String accuracy, String test) {
      return "%-13s  %12s  %12s  %13s".formatted(whose, loss, accuracy, test);
    }
  }
}
