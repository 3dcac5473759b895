package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.data.RealMnist;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference runs on the real MNIST, epoch by epoch against NumPy's figures in float64. */
class MnistTest {
  /** The reference run's test digits after 75 epochs; row: true digit, column: predicted digit. */
  private static final int[][] CONFUSION = {
    {947, 0, 5, 3, 0, 8, 11, 1, 5, 0},
    {0, 1103, 4, 4, 1, 2, 3, 0, 18, 0},
    {13, 5, 886, 21, 24, 1, 14, 21, 42, 5},
    {4, 1, 19, 892, 1, 37, 5, 18, 23, 10},
    {1, 4, 3, 2, 897, 2, 18, 1, 8, 46},
    {15, 4, 6, 48, 17, 741, 18, 9, 25, 9},
    {19, 3, 10, 1, 17, 22, 879, 1, 6, 0},
    {7, 26, 29, 1, 11, 0, 0, 911, 7, 36},
    {7, 10, 13, 22, 14, 27, 14, 13, 833, 21},
    {16, 8, 10, 10, 51, 13, 0, 22, 11, 868},
  };

  /** The weights of the reference run after 75 epochs: the README's promise. */
  private static final String SHA256 =
      "8304794a546535a209f61eee39b5b35a2d12b6087b7fba4c99799a277e8be10d";

  private static Dataset mnist;

  @BeforeAll
  static void read() throws DataException {
    Path directory = RealMnist.directory();
    mnist = DataSource.directory(directory);
  }

  @Test
  void seventyFiveEpochsOfTheReferenceRun() throws IOException {
    Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
    Evaluation test = follow("numpy-seed42.csv", 75, net, mnist.train(), 64, 0.008);
    assertEquals(0.8957, test.accuracy(), 1.001e-4);
    assertArrayEquals(CONFUSION, test.confusion());
    assertEquals(SHA256, net.sha256());
  }

  @Test
  void tenEpochsFromAnotherSeed() throws IOException {
    Mlp net = Mlp.glorot(1, 784, 256, 128, 10);
    follow("numpy-seed1.csv", 10, net, mnist.train(), 64, 0.008);
  }

  @Test
  void anotherNetworkBatchAndRate() throws IOException {
    Mlp net = Mlp.glorot(3, 784, 64, 10);
    follow("numpy-h64-b32.csv", 5, net, mnist.train().first(10_000), 32, 1);
  }

  /** Trains along a file of {@code epoch,loss,accuracy}; returns the test set's evaluation. */
  private static Evaluation follow(
      String file, int epochs, Mlp net, Samples train, int batch, double rate) throws IOException {
    Trajectory expected = Trajectory.read(file);
    assertEquals(epochs, expected.epochs(), file);
    int threads = Runtime.getRuntime().availableProcessors();
    Trainer trainer = TestTraining.trainer(net, batch, rate, Engine.AUTO, threads);
    return expected.follow(trainer, train, mnist.test(), 1e-5, 1e-4);
  }

  @Test
  void bothEnginesGiveTheSameBits() {
    Samples some = mnist.train().first(5000);
    assertEquals(epoch(some, Engine.SCALAR, 1), epoch(some, Engine.SIMD, 2));
  }

  private static String epoch(Samples samples, Engine engine, int threads) {
    Mlp net = Mlp.glorot(42, 784, 256, 128, 10);
    TestTraining.trainer(net, 64, 0.008, engine, threads).fit(samples, 1);
    return net.sha256();
  }
}
