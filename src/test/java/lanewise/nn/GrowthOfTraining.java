package lanewise.nn;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import lanewise.kernel.Kernels;
import lanewise.parallel.Workers;

/**
 * Prints the live heap and the threads after 1,000 epochs of a small network and after 1,000 more.
 */
final class GrowthOfTraining {
  private static final int EPOCHS = 1000;

  private GrowthOfTraining() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    Kernels kernels = Kernels.best();
    Samples samples = TestRows.digits(100);
    Mlp net = Mlp.glorot(1, 784, 64, 10);
    try (Workers workers = new Workers(2)) {
      Trainer trainer = new Trainer(net, samples, 64, 1e-3, kernels, workers);
      Evaluator evaluator = new Evaluator(kernels, workers);
      for (int epoch = 1; epoch <= 2 * EPOCHS; epoch++) {
        trainer.epoch(rows -> true);
        evaluator.evaluate(net, samples);
        if (epoch % EPOCHS == 0) {
          System.out.printf("heap%d=%d%n", epoch, liveHeap());
          System.out.printf(
              "threads%d=%d%n", epoch, ManagementFactory.getThreadMXBean().getThreadCount());
        }
      }
    }
  }

  private static long liveHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
