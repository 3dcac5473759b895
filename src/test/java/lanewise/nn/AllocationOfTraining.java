package lanewise.nn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Prints what a warm epoch of few and of many batches allocates, in bytes. */
final class AllocationOfTraining {
  /** CPU time in which everything is compiled many times over. */
  private static final long LONGEST_WARM_UP_NANOS = 60_000_000_000L;

  private static final int BATCH = 64;
  private static final int FEW = 2;
  private static final int MANY = 200;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationOfTraining() {}

  /**
   * Arguments: scalar or simd, layer sizes, the bytes at which the engine counts as warm, as until
   * C2 has compiled all of it, vectors are objects; an optimizer, for a recipe with everything on;
   * and a task, for one of those of {@link HashOfTables} instead.
   */
  public static void main(String[] args) {
    Engine engine = args[0].equals("simd") ? Engine.SIMD : Engine.SCALAR;
    int[] sizes = Shape.of(args[1]);
    long enough = Long.parseLong(args[2]);
    // A last batch of 7 rows, so that every tile is used.
    int rows = (MANY - 1) * BATCH + 7;
    boolean digits = sizes[0] == 784; // Their zeros are skipped.
    boolean regresses = args.length == 5 && Task.valueOf(args[4]) == Task.REGRESS;
    Samples many =
        digits
            ? TestRows.digits(rows)
            : regresses
                ? TestRows.numbers(1, rows, sizes[0], sizes[sizes.length - 1])
                : TestRows.clusters(1, rows, sizes[0], 10);
    Samples few = many.first((FEW - 1) * BATCH + 7);
    Mlp net = Mlp.glorot(1, sizes);
    Trainer.Builder settings =
        switch (args.length) {
          case 3 -> Trainer.builder(net).learningRate(1e-3).mean(Trainer.Mean.TWICE);
          case 4 -> HashOfRecipes.everything(net, Optimizer.Kind.valueOf(args[3]), Shuffle.ROWS);
          default ->
              HashOfTables.settings(
                  net.withActivation(Activation.TANH).withTask(Task.valueOf(args[4])),
                  Optimizer.Kind.valueOf(args[3]));
        };
    Trainer trainer = settings.batchSize(BATCH).engine(engine).threads(1).build();
    System.out.println("many=" + warm(trainer, many, enough));
    System.out.println("few=" + warm(trainer, few, enough));
  }

  /** The bytes of the first epoch that allocates no more than enough, or of the last tried. */
  private static long warm(Trainer trainer, Samples samples, long enough) {
    long start = THREADS.getCurrentThreadCpuTime();
    long[] before = {Long.MAX_VALUE};
    long[] found = new long[1];
    trainer.fit(
        samples,
        Integer.MAX_VALUE,
        epoch -> {
          found[0] = THREADS.getCurrentThreadAllocatedBytes() - before[0];
          if (epoch.number() > 1 && found[0] <= enough
              || THREADS.getCurrentThreadCpuTime() - start >= LONGEST_WARM_UP_NANOS) {
            epoch.stop();
          }
          before[0] = THREADS.getCurrentThreadAllocatedBytes();
        });
    return found[0];
  }
}
