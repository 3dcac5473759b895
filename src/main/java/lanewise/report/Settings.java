package lanewise.report;

import java.util.List;

/**
 * What a training run was told to do.
 *
 * @param source where the data came from, for people
 * @param sha256 of the whole data, whatever part of it is learnt from
 * @param trainRows rows learnt from
 * @param testRows rows that only the final test sees
 * @param sizes of the layers: inputs, hidden layers, classes
 * @param batch rows a step
 * @param learningRate as the trainer takes it
 * @param epochs passes over the training rows
 * @param seed of the initial weights
 * @param testEvery epochs between looks at the test rows, which change no weight; 0 for none
 * @param engine as asked for: auto, simd or scalar
 * @param threads working side by side
 */
public record Settings(
    String source,
    String sha256,
    int trainRows,
    int testRows,
    List<Integer> sizes,
    int batch,
    double learningRate,
    int epochs,
    long seed,
    int testEvery,
    String engine,
    int threads) {

  public Settings {
    sizes = List.copyOf(sizes);
  }

  /** Whether the run looks at its test rows before the end. */
  public boolean testsAsItGoes() {
    return testEvery > 0;
  }

  /** Whether both end with the same weights, whatever the engine and the number of threads. */
  public boolean sameTrainingAs(Settings other) {
    return sha256.equals(other.sha256)
        && trainRows == other.trainRows
        && sizes.equals(other.sizes)
        && batch == other.batch
        && Double.compare(learningRate, other.learningRate) == 0
        && epochs == other.epochs
        && seed == other.seed;
  }
}
