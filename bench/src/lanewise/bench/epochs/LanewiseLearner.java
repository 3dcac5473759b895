package lanewise.bench.epochs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import lanewise.nn.Engine;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;

/** This project as a rival; arguments: directory, engine, threads. */
public final class LanewiseLearner implements Learner {
  private final Samples samples;
  private final Trainer trainer;

  private LanewiseLearner(EpochData data, Engine engine, int threads) {
    int[] labels = new int[data.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.label(i);
    }
    samples = Samples.ofBytes(data.pixels(), EpochData.SIZES[0], labels);
    trainer =
        Trainer.builder(Mlp.of(data.parameters(), EpochData.SIZES))
            .batchSize(EpochData.BATCH)
            .learningRate(EpochData.LEARNING_RATE)
            .mean(Trainer.Mean.TWICE)
            .engine(engine)
            .threads(threads)
            .build();
  }

  @Override
  public void learn() {
    trainer.fit(samples, 1);
  }

  @Override
  public double[] evaluate() {
    Evaluation evaluation = trainer.evaluate(samples);
    return new double[] {evaluation.loss(), evaluation.accuracy()};
  }

  public static void main(String[] args) throws IOException {
    Engine engine = Engine.valueOf(args[1].toUpperCase(Locale.ROOT));
    EpochData data = EpochData.read(Path.of(args[0]));
    Learner.serve(
        new LanewiseLearner(data, engine, Integer.parseInt(args[2])),
        "%s engine, %d lanes".formatted(engine, engine.lanes()));
  }
}
