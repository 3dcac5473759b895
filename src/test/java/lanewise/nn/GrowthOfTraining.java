package lanewise.nn;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * Prints the live heap and the threads after 1,000 epochs of a small network and after 1,000 more.
 */
final class GrowthOfTraining {
  private static final int EPOCHS = 1000;

  private GrowthOfTraining() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    Samples samples = TestRows.digits(100);
    Mlp net = Mlp.glorot(1, 784, 64, 10);
    TestTraining.trainer(net, 64, 1e-3, Engine.AUTO, 2)
        .fit(
            samples,
            2 * EPOCHS,
            epoch -> {
              epoch.loss();
              if (epoch.number() % EPOCHS == 0) {
                System.out.printf("heap%d=%d%n", epoch.number(), liveHeap());
                System.out.printf(
                    "threads%d=%d%n",
                    epoch.number(), ManagementFactory.getThreadMXBean().getThreadCount());
              }
            });
  }

  private static long liveHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
