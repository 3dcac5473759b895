package lanewise.bench.epochs;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.bench.Engines;
import lanewise.kernel.Kernels;
import lanewise.nn.Evaluation;
import lanewise.nn.Evaluator;
import lanewise.nn.Mlp;
import lanewise.nn.Samples;
import lanewise.nn.Trainer;
import lanewise.parallel.Workers;

/** This project as a rival; arguments: directory, engine, threads. */
public final class LanewiseLearner implements Learner {
  private final Mlp net;
  private final Samples samples;
  private final Trainer trainer;
  private final Evaluator evaluator;

  private LanewiseLearner(EpochData data, Kernels kernels, Workers workers) {
    int[] labels = new int[data.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.label(i);
    }
    net = Mlp.of(data.parameters(), EpochData.SIZES);
    samples = Samples.ofBytes(data.pixels(), EpochData.SIZES[0], labels);
    trainer = new Trainer(net, samples, EpochData.BATCH, EpochData.LEARNING_RATE, kernels, workers);
    evaluator = new Evaluator(kernels, workers);
  }

  @Override
  public void learn() {
    trainer.epoch(rows -> true);
  }

  @Override
  public double[] evaluate() {
    Evaluation evaluation = evaluator.evaluate(net, samples);
    return new double[] {evaluation.loss(), evaluation.accuracy()};
  }

  public static void main(String[] args) throws IOException {
    Kernels kernels = Engines.named(args[1]);
    try (Workers workers = new Workers(Integer.parseInt(args[2]))) {
      Learner learner = new LanewiseLearner(EpochData.read(Path.of(args[0])), kernels, workers);
      Learner.serve(learner, "%s engine, %d lanes".formatted(kernels.name(), kernels.lanes()));
    }
  }
}
