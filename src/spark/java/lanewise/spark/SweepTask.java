package lanewise.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import lanewise.cli.SweepOptions;
import lanewise.data.DataException;
import lanewise.nn.Engine;
import lanewise.run.Cancellation;
import lanewise.run.RunData;
import lanewise.run.RunException;
import lanewise.run.RunListener;
import lanewise.run.Session;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.SentRun;
import lanewise.sweep.SweepPoint;
import lanewise.sweep.SweepRow;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A run of a sweep, made by one task from its beginning to its end.
 *
 * @param data of the run, by its handle
 */
record SweepTask(SweepPoint point, Engine engine, Broadcast<SentData> data)
    implements Serializable {
  /**
   * The end of a task that was not lost.
   *
   * @param number of the run
   * @param run null if it was refused
   * @param refusal what would be wrong in any other try, too, as a sentence; null if there is a run
   * @param warnings sentences of the run
   */
  record Outcome(int number, SentRun run, String refusal, ArrayList<String> warnings)
      implements Serializable {}

  /** Watches the run, and whether Spark has given up its task. */
  private record Watch(TaskContext task, Cancellation cancellation, List<String> warnings)
      implements RunListener {
    @Override
    public void onWarning(String sentence) {
      warnings.add(sentence);
    }

    @Override
    public void onBatch(int rows) {
      if (task.isInterrupted()) {
        cancellation.request();
      }
    }
  }

  /**
   * Makes the run, with as many threads as a task has cores.
   *
   * @throws IOException if this executor cannot write its files: another one may
   */
  Outcome run() throws IOException {
    PlannedRun run = new SweepOptions().run(point);
    int threads = Math.clamp(TaskContext.get().cpus(), 1, Session.MAX_THREADS);
    Session session =
        new Session(engine, OptionalInt.of(threads), OptionalInt.of(0), Optional.empty());
    ArrayList<String> warnings = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    Watch watch = new Watch(TaskContext.get(), cancellation, warnings);
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      RunData rows = data.value().rows(run, threads);
      SweepRow row =
          run.run(rows, directory.path(), session, watch, cancellation)
              .orElseThrow(() -> new CancellationException("the task was killed"));
      return new Outcome(point.number(), SentRun.read(row, directory.path()), null, warnings);
    } catch (DataException e) {
      return new Outcome(point.number(), null, e.getMessage(), warnings);
    } catch (RunException e) {
      if (e.getCause() instanceof IOException cause && !(cause instanceof RunException)) {
        throw e;
      }
      return new Outcome(point.number(), null, e.getMessage(), warnings);
    }
  }
}
