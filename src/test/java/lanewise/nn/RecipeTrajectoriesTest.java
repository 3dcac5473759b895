package lanewise.nn;

import java.io.IOException;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.RealMnist;
import lanewise.nn.Optimizer.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Optimizers, schedules, weight decay and label smoothing on the real MNIST, against NumPy's
 * figures in float64.
 *
 * <p>Where a pre-activation lies within a rounding error of zero, its ReLU may flip in float32, and
 * the difference grows. So the tolerance is wider for runs that NumPy's own float32 leaves by more
 * than 1e-5.
 */
class RecipeTrajectoriesTest {
  private static final double CLOSE = 1e-4;
  private static final double WHERE_UNITS_FLIP = 1e-3;

  private static final double ACCURACY = 1e-3;

  private static Dataset mnist;

  @BeforeAll
  static void read() throws DataException {
    mnist = DataSource.directory(RealMnist.directory());
  }

  private static void follow(
      Trajectory expected, Trainer.Builder settings, int rows, double tolerance) {
    Trainer trainer = settings.threads(2).build();
    expected.follow(trainer, mnist.train().first(rows), mnist.test(), tolerance, ACCURACY);
  }

  /** The first 20,000 rows. */
  private static void follow(String file, Trainer.Builder settings, double tolerance)
      throws IOException {
    follow(Trajectory.read(file), settings, 20_000, tolerance);
  }

  private static Trainer.Builder builder(Mlp net, double rate, Optimizer optimizer) {
    return Trainer.builder(net).learningRate(rate).optimizer(optimizer);
  }

  private static Schedule schedule(Schedule.Shape shape, double warmup) {
    return new Schedule(shape, warmup);
  }

  private static Mlp reference(long seed) {
    return Mlp.glorot(seed, 784, 256, 128, 10);
  }

  @Test
  void momentum() throws IOException {
    Optimizer optimizer = Optimizer.of(Kind.MOMENTUM).withWeightDecay(1e-4);
    follow("recipe-momentum.csv", builder(reference(1), 0.01, optimizer), CLOSE);
  }

  @Test
  void nesterov() throws IOException {
    follow(
        "recipe-nesterov.csv",
        builder(reference(1), 0.01, Optimizer.nesterov(0.9))
            .batchSize(100)
            .schedule(schedule(Schedule.Shape.COSINE, 0.5)),
        WHERE_UNITS_FLIP);
  }

  @Test
  void adam() throws IOException {
    follow(
        "recipe-adam.csv",
        builder(Mlp.glorot(1, 784, 64, 10), 0.0005, Optimizer.adam())
            .schedule(schedule(Schedule.Shape.LINEAR, 0)),
        CLOSE);
  }

  @Test
  void adamw() throws IOException {
    follow(
        "recipe-adamw.csv",
        builder(reference(2), 0.0003, Optimizer.of(Kind.ADAMW).withWeightDecay(0.01))
            .batchSize(128)
            .labelSmoothing(0.1)
            .schedule(schedule(Schedule.Shape.COSINE, 0.25)),
        WHERE_UNITS_FLIP);
  }

  /** Two epochs of the first 5,000 rows: {@code recipes.py --train-rows 5000 --epochs 2 ...}. */
  private static Trajectory figures(
      String options, double loss1, double accuracy1, double loss2, double accuracy2, double test) {
    double[] losses = {loss1, loss2};
    return new Trajectory(options, losses, new double[] {accuracy1, accuracy2}, test);
  }

  /** NumPy's float32 leaves these figures by 3e-7. */
  @Test
  void descentWithDecayAndTheMeanTakenTwice() {
    follow(
        figures(
            "--optimizer sgd --mean twice --lr 3 --weight-decay 1e-4 --seed 5",
            12963.187617,
            0.430200,
            2486.537509,
            0.849200,
            0.839800),
        builder(reference(5), 3, Optimizer.of(Kind.SGD).withWeightDecay(1e-4))
            .mean(Trainer.Mean.TWICE),
        5000,
        CLOSE);
  }

  /** NumPy's float32 leaves these figures by 2e-7. */
  @Test
  void momentumWithTheMeanTakenTwice() {
    follow(
        figures(
            "--optimizer momentum --mean twice --lr 0.5 --schedule cosine --seed 6 --hidden 64",
            3832.447753,
            0.812200,
            3210.304234,
            0.835200,
            0.827400),
        builder(Mlp.glorot(6, 784, 64, 10), 0.5, Optimizer.of(Kind.MOMENTUM))
            .mean(Trainer.Mean.TWICE)
            .schedule(schedule(Schedule.Shape.COSINE, 0)),
        5000,
        CLOSE);
  }

  /** NumPy's float32 leaves these figures by 1e-7. */
  @Test
  void adamWithDecayFromHeInitialWeights() {
    follow(
        figures(
            "--optimizer adam --lr 0.001 --weight-decay 1e-4 --init he --schedule linear"
                + " --warmup 0.3 --seed 7",
            1808.961572,
            0.897600,
            1225.548710,
            0.932800,
            0.910000),
        builder(Mlp.he(7, 784, 256, 128, 10), 0.001, Optimizer.adam().withWeightDecay(1e-4))
            .schedule(schedule(Schedule.Shape.LINEAR, 0.3)),
        5000,
        CLOSE);
  }

  /** NumPy's float32 leaves these figures by 1.9e-4. */
  @Test
  void adamwWithAnotherBetaAndSmoothLabels() {
    follow(
        figures(
            "--optimizer adamw --lr 0.001 --weight-decay 0.1 --label-smoothing 0.2 --beta2 0.99"
                + " --seed 8 --hidden 96",
            3048.906755,
            0.889200,
            2521.065970,
            0.932000,
            0.900000),
        builder(
                Mlp.glorot(8, 784, 96, 10),
                0.001,
                new Optimizer(Kind.ADAMW, 0.9, 0.9, 0.99, 1e-8, 0.1))
            .labelSmoothing(0.2),
        5000,
        WHERE_UNITS_FLIP);
  }

  /** NumPy's float32 leaves these figures by 2.6e-5. */
  @Test
  void nesterovWithDecayAndSmallBatches() {
    follow(
        figures(
            "--optimizer nesterov --lr 0.02 --momentum 0.8 --weight-decay 1e-3 --batch 50 --seed 9",
            1898.858502,
            0.896200,
            1358.140602,
            0.922800,
            0.903400),
        builder(reference(9), 0.02, Optimizer.nesterov(0.8).withWeightDecay(1e-3)).batchSize(50),
        5000,
        WHERE_UNITS_FLIP);
  }
}
