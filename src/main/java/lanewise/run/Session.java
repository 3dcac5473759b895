package lanewise.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import lanewise.nn.Engine;
import lanewise.parallel.Workers;

/**
 * The part of a run's settings that does not affect its weights, so that it may change each time
 * the run is resumed.
 *
 * @param engine the kernels to use
 * @param threads number of threads, 1 to {@link #MAX_THREADS}; empty for one per core
 * @param checkpointEvery number of epochs between checkpoints, 0 for none; empty for 1, or 0 if the
 *     run's directory is in memory
 * @param save the file to save the trained network to; empty for the default in the run's directory
 */
public record Session(
    Engine engine, OptionalInt threads, OptionalInt checkpointEvery, Optional<Path> save) {

  /** The largest number of threads. */
  public static final int MAX_THREADS = Workers.MAX_THREADS;

  /** All defaults. */
  public static final Session DEFAULT =
      new Session(Engine.AUTO, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Session {
    if (threads.orElse(1) < 1 || threads.orElse(1) > MAX_THREADS) {
      throw new IllegalArgumentException("threads must be between 1 and " + MAX_THREADS);
    }
    if (checkpointEvery.orElse(0) < 0) {
      throw new IllegalArgumentException("checkpointEvery must not be negative");
    }
  }

  /** The number of threads to use on this machine. */
  int threadCount() {
    return threads.orElseGet(Session::availableThreads);
  }

  /** One thread per core of this machine, at most {@link #MAX_THREADS}. */
  public static int availableThreads() {
    return Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * What a resumed run may change.
   *
   * @param data where the data is now
   * @param engine see {@link Session}, like the rest
   */
  public record Overrides(
      Optional<DataPlace> data,
      Optional<Engine> engine,
      OptionalInt threads,
      OptionalInt checkpointEvery,
      Optional<Path> save) {

    /** No changes. */
    public static final Overrides NONE =
        new Overrides(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty());

    /** The recorded session with these changes. */
    Session applyTo(Session recorded) {
      return new Session(
          engine.orElse(recorded.engine),
          threads.isPresent() ? threads : recorded.threads,
          checkpointEvery.isPresent() ? checkpointEvery : recorded.checkpointEvery,
          save.or(recorded::save));
    }
  }
}
