package lanewise.bench.peers;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lanewise.bench.epochs.EpochData;
import lanewise.bench.epochs.Learner;
import org.bytedeco.javacpp.Loader;
import smile.classification.MLP;
import smile.model.mlp.Layer;
import smile.model.mlp.OutputFunction;
import smile.util.function.TimeFunction;

/**
 * Smile's multilayer perceptron: float32, a row at a time through OpenBLAS, one thread; argument:
 * the directory with the data.
 */
public final class SmileLearner implements Learner {
  private static final String LIBRARY = "libopenblas.so";
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";

  private final Net net = new Net();
  private final double[][] x;
  private final int[] labels;

  /** Smile's own classifier; its layers are accessible only to subclasses. */
  private static final class Net extends MLP {
    private static final long serialVersionUID = 1;

    Net() {
      super(
          Layer.input(EpochData.SIZES[0]),
          Layer.rectifier(EpochData.SIZES[1]),
          Layer.rectifier(EpochData.SIZES[2]),
          Layer.mle(EpochData.SIZES[3], OutputFunction.SOFTMAX));
    }

    /** Sets a layer's weights (out, in) from ours (in, out). */
    void set(int number, float[] parameters) {
      Layer layer = number == EpochData.SIZES.length - 2 ? output : super.net[number + 1];
      int in = layer.getInputSize();
      int out = layer.getOutputSize();
      int at = EpochData.weightsAt(number);
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < out; j++) {
          layer.weight().set(j, i, parameters[at + i * out + j]);
        }
      }
      for (int j = 0; j < out; j++) {
        layer.bias().set(j, parameters[at + in * out + j]);
      }
    }
  }

  private SmileLearner(EpochData data) {
    int width = EpochData.SIZES[0];
    float[] floats = data.floats();
    x = new double[data.rows()][width];
    labels = new int[data.rows()];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < width; j++) {
        x[i][j] = floats[i * width + j];
      }
      labels[i] = data.label(i);
    }
    for (int layer = 0; layer < EpochData.SIZES.length - 1; layer++) {
      net.set(layer, data.parameters());
    }
  }

  @Override
  public void learn() {
    for (int from = 0; from < x.length; from += EpochData.BATCH) {
      int to = Math.min(x.length, from + EpochData.BATCH);
      // Smile divides by the rows of the batch once.
      net.setLearningRate(TimeFunction.constant(EpochData.LEARNING_RATE / (to - from)));
      net.update(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(labels, from, to));
    }
  }

  @Override
  public double[] evaluate() {
    double[] probabilities = new double[EpochData.SIZES[3]];
    double loss = 0;
    int right = 0;
    for (int i = 0; i < x.length; i++) {
      right += net.predict(x[i], probabilities) == labels[i] ? 1 : 0;
      loss -= Math.log(probabilities[labels[i]]);
    }
    return new double[] {loss, (double) right / x.length};
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (!isOnLibraryPath()) {
      System.exit(again(args));
    }
    SmileLearner learner = new SmileLearner(EpochData.read(Path.of(args[0])));
    Learner.serve(
        learner, "Smile's MLP, float32, a row at a time, OpenBLAS of bytedeco, one thread");
  }

  private static boolean isOnLibraryPath() {
    String path = System.getenv().getOrDefault(LIBRARY_PATH, "");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.exists(Path.of(directory, LIBRARY)));
  }

  /**
   * Runs the learner in a new process that finds the OpenBLAS from Maven. Smile asks the system's
   * loader for a library of one name: a link has that name, and the Fortran libraries that OpenBLAS
   * needs are beside the file itself.
   */
  private static int again(String[] args) throws IOException, InterruptedException {
    Path unpacked = Path.of(Loader.load(org.bytedeco.openblas.global.openblas.class));
    Path directory = Files.createTempDirectory("lanewise-openblas");
    Path link = directory.resolve(LIBRARY);
    Files.createSymbolicLink(link, unpacked.resolveSibling(LIBRARY + ".0"));
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(SmileLearner.class.getName());
      command.addAll(List.of(args));
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put("OPENBLAS_NUM_THREADS", "1");
      builder
          .environment()
          .put(LIBRARY_PATH, directory + File.pathSeparator + unpacked.getParent());
      return builder.start().waitFor();
    } finally {
      Files.delete(link);
      Files.delete(directory);
    }
  }
}
