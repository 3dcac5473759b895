package lanewise.report;

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
 * The article's own run, which this engine reproduces: 75 epochs of a 784-256-128-10 network on
 * MNIST. Its seed is not known, so a run with the same settings comes close to it, not equal.
 */
public final class ReferenceRun {
  /** SHA-256 of MNIST by the recipe of {@link lanewise.data.Dataset#sha256}. */
  public static final String MNIST_SHA256 =
      "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16";

  /** The share of MNIST's 10,000 test rows that the article's network read right. */
  public static final double TEST_ACCURACY = 0.8978;

  private static final String RESOURCE = "/lanewise/reference-run.csv";
  private static final List<Integer> SIZES = List.of(784, 256, 128, 10);
  private static final int ROWS = 60_000;
  private static final int BATCH = 64;
  private static final double LEARNING_RATE = 0.008;
  private static final int EPOCHS = 75;

  private ReferenceRun() {}

  /**
   * One epoch of the article's run.
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

  /** Whether a run with these settings is the article's run but for the seed. */
  public static boolean isRepeatedBy(Settings settings) {
    return settings.sha256().equals(MNIST_SHA256)
        && settings.trainRows() == ROWS
        && settings.sizes().equals(SIZES)
        && settings.batch() == BATCH
        && settings.learningRate() == LEARNING_RATE
        && settings.epochs() == EPOCHS;
  }

  /** Sets a run's final figures beside the article's. */
  public static Comparison compare(Evaluation train, Evaluation test) {
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
      double articleLoss,
      double accuracy,
      double articleAccuracy,
      double testAccuracy,
      double articleTestAccuracy) {

    /** A small table for people. */
    public List<String> lines() {
      return List.of(
          row("", "loss", "accuracy", "test accuracy"),
          figures("this run", loss, accuracy, testAccuracy),
          figures("the article's", articleLoss, articleAccuracy, articleTestAccuracy),
          row(
              "difference",
              String.format(Locale.ROOT, "%+.1f %%", 100 * (loss / articleLoss - 1)),
              points(accuracy - articleAccuracy),
              points(testAccuracy - articleTestAccuracy)));
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
