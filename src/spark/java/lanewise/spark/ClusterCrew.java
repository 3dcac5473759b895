package lanewise.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lanewise.nn.Engine;
import lanewise.run.DataPlace;
import lanewise.run.RunData;
import lanewise.run.RunException;
import lanewise.run.Session;
import lanewise.run.TableSettings;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.RunEvents;
import lanewise.sweep.SweepCrew;
import lanewise.sweep.SweepListener;
import lanewise.sweep.SweepResults;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Makes the runs of a sweep in the tasks of one Spark job, a task a run. The driver reads the data,
 * sends its files once to each executor, and keeps the results as they come.
 */
final class ClusterCrew implements SweepCrew {
  private static final long POLL_MILLIS = 100;

  private final SweepResults results;
  private final Engine engine;
  private final SweepListener listener;
  private final Supplier<SparkSession> spark;

  /** Guarded by this, like what follows. */
  private boolean cancelled;

  private SimpleFutureAction<?> job;

  /** What the driver reads to send it; each table with other settings is checked, too. */
  private record Source(DataPlace place, Optional<TableSettings> table) {}

  /**
   * @param spark called once, and only if there is something to do
   */
  ClusterCrew(
      SweepResults results, Engine engine, SweepListener listener, Supplier<SparkSession> spark) {
    this.results = results;
    this.engine = engine;
    this.listener = listener;
    this.spark = spark;
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    if (job != null) {
      job.cancel();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized boolean begin(Supplier<SimpleFutureAction<?>> submission) {
    if (!cancelled) {
      job = submission.get();
    }
    return !cancelled;
  }

  @Override
  public boolean run() throws IOException {
    List<PlannedRun> left = results.findFinished();
    listener.onStart(results.rows());
    try {
      if (!left.isEmpty()) {
        make(left);
      }
    } finally {
      results.write();
    }
    return results.isComplete();
  }

  private void make(List<PlannedRun> left) throws IOException {
    Map<Source, SentData> data = read(left);
    try {
      JavaSparkContext context = connect();
      Map<SentData, Broadcast<SentData>> sent = new HashMap<>();
      List<SweepTask> tasks = new ArrayList<>();
      for (PlannedRun run : left) {
        SentData own = data.get(new Source(run.place(), run.table()));
        tasks.add(
            new SweepTask(
                run.point(), engine, sent.computeIfAbsent(own, each -> context.broadcast(each))));
      }
      BlockingQueue<SweepTask.Outcome> outcomes = new LinkedBlockingQueue<>();
      if (begin(() -> submit(context, tasks, outcomes))) {
        keep(outcomes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
    } finally {
      stop();
    }
  }

  private JavaSparkContext connect() throws RunException {
    try {
      return JavaSparkContext.fromSparkContext(spark.get().sparkContext());
    } catch (Exception e) { // Of Scala, which declares none.
      throw new RunException(Score.reason(e), e);
    }
  }

  /** Reads all data, so that what is wrong with it is known before the first task. */
  private Map<Source, SentData> read(List<PlannedRun> left) throws IOException {
    Map<Source, SentData> sources = new HashMap<>();
    Map<DataPlace, SentData> places = new HashMap<>();
    for (PlannedRun run : left) {
      Source source = new Source(run.place(), run.table());
      if (!sources.containsKey(source)) {
        DataPlace found = check(run);
        if (!places.containsKey(found)) {
          places.put(found, SentData.of(found));
        }
        sources.put(source, places.get(found));
      }
    }
    return sources;
  }

  /** Checks the data of a run; returns where it is. */
  private DataPlace check(PlannedRun run) throws IOException {
    try {
      RunData data =
          RunData.read(
              run.place(),
              run.table(),
              run.recipe(),
              Session.availableThreads(),
              new RunEvents(run, this, listener));
      results.checkData(run, data);
      return data.place();
    } catch (RunException e) {
      throw run.refused(e);
    }
  }

  private static SimpleFutureAction<?> submit(
      JavaSparkContext context, List<SweepTask> tasks, BlockingQueue<SweepTask.Outcome> outcomes) {
    Function2<Object, SweepTask.Outcome, BoxedUnit> receive =
        (partition, outcome) -> {
          outcomes.add(outcome);
          return BoxedUnit.UNIT;
        };
    List<Object> partitions = IntStream.range(0, tasks.size()).mapToObj(i -> (Object) i).toList();
    return context
        .sc()
        .submitJob(
            context.parallelize(tasks, tasks.size()).rdd(),
            task(),
            CollectionConverters.asScala(partitions).toSeq(),
            receive,
            () -> BoxedUnit.UNIT);
  }

  /** Static, so that it takes nothing of the driver along. */
  private static Function1<Iterator<SweepTask>, SweepTask.Outcome> task() {
    return (Function1<Iterator<SweepTask>, SweepTask.Outcome> & Serializable)
        tasks -> run(tasks.next());
  }

  private static SweepTask.Outcome run(SweepTask task) {
    try {
      return task.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what tasks give until the job ends. */
  private void keep(BlockingQueue<SweepTask.Outcome> outcomes)
      throws IOException, InterruptedException {
    boolean ended = false;
    while (true) {
      SweepTask.Outcome outcome = outcomes.poll(ended ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (outcome != null) {
        keep(outcome);
      } else if (ended) {
        break;
      } else {
        ended = job.isCompleted(); // Whatever has come is in the queue by then.
      }
    }
    if (job.value().get().isFailure() && !isCancelled()) {
      Throwable failure = job.value().get().failed().get();
      throw new RunException(Score.reason(failure), failure);
    }
  }

  private void keep(SweepTask.Outcome outcome) throws IOException {
    PlannedRun run = results.runs().get(outcome.number() - 1);
    outcome.warnings().forEach(new RunEvents(run, this, listener).ofRun()::onWarning);
    if (outcome.refusal() != null) {
      throw run.refused(new RunException(outcome.refusal()));
    }
    results.add(outcome.run());
    listener.onRow(run, outcome.run().row());
  }

  /** No task is to go on if this ends early. */
  private synchronized void stop() {
    if (job != null && !job.isCompleted()) {
      job.cancel();
    }
  }
}
