package lanewise.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import lanewise.io.Text;
import lanewise.run.Decimals;
import lanewise.run.EpochResult;
import lanewise.run.RunListener;
import lanewise.run.Version;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.SweepDirectory;
import lanewise.sweep.SweepListener;
import lanewise.sweep.SweepPoint;
import lanewise.sweep.SweepRow;

/** Turns what happens in a sweep into lines, and a table on the terminal that changes in place. */
final class SweepText implements SweepListener {
  /** More lines would hide what else is on a small terminal. */
  private static final int MOST_RUNS_SHOWN = 8;

  private final List<PlannedRun> runs;
  private final SweepDirectory directory;
  private final Output output;

  /** The runs in progress by number, as lines of the table. */
  private final Map<Integer, String> running = new TreeMap<>();

  /** Only the first farewell is said. */
  private final AtomicBoolean ended = new AtomicBoolean();

  private SweepRow best;
  private long started;

  /** Epochs of all runs that had not ended before, and those done: for the time left. */
  private long epochs;

  private long epochsDone;

  /** Also read by the thread that ends an interrupted sweep. */
  private volatile int done;

  /**
   * @param runs all of the sweep
   */
  SweepText(List<PlannedRun> runs, SweepDirectory directory, Output output) {
    this.runs = runs;
    this.directory = directory;
    this.output = output;
  }

  /**
   * Says what begins.
   *
   * @param what for people
   */
  void begin(String what) {
    output.note("Lanewise %s: %s".formatted(Version.text(), what));
  }

  @Override
  public void onDownload(String file, long bytes, long total) {
    output.onDownload(file, bytes, total);
  }

  @Override
  public void onWarning(String sentence) {
    output.onWarning(sentence);
  }

  @Override
  public void onNotice(String sentence) {
    output.note(sentence);
  }

  @Override
  public void onStart(Collection<SweepRow> rows) {
    done = rows.size();
    rows.forEach(this::compare);
    if (done > 0) {
      output.note("%d of %s had ended before".formatted(done, Text.count(runs.size(), "run")));
    }
    epochs = runs.stream().mapToLong(run -> run.recipe().epochs()).sum();
    for (SweepRow row : rows) {
      epochs -= planned(row);
    }
    started = System.nanoTime();
  }

  private int planned(SweepRow row) {
    return runs.get(row.number() - 1).recipe().epochs();
  }

  @Override
  public void onBegin(PlannedRun run, RunListener.Header header) {
    epochs -= header.resumedAfter();
    show(run, header.resumedAfter(), "");
  }

  @Override
  public void onEpoch(PlannedRun run, EpochResult result) {
    epochsDone++;
    double score = result.validation().map(rows -> rows.score()).orElse(result.score());
    show(run, result.epoch(), "  %s %s".formatted(name(run), Decimals.fixed(score, 4)));
  }

  private static String name(PlannedRun run) {
    return run.isRegression() ? "r2" : "acc";
  }

  private void show(PlannedRun run, int epoch, String score) {
    SweepPoint point = run.point();
    running.put(
        point.number(),
        "Run %d  epoch %d/%d%s  %s"
            .formatted(point.number(), epoch, run.recipe().epochs(), score, point.settings()));
    output.progress().updateLines(this::table);
  }

  @Override
  public void onRow(PlannedRun run, SweepRow row) {
    done++;
    if (row.epochs() < planned(row)) {
      epochs -= planned(row) - row.epochs(); // They are left to nobody.
    }
    running.remove(row.number());
    compare(row);
    output.result(line(run, row));
    output.progress().updateLines(this::table);
  }

  private void compare(SweepRow row) {
    best = row.isBetterThan(best) ? row : best;
  }

  /** The line of a result, for other programs. */
  private String line(PlannedRun run, SweepRow row) {
    StringJoiner line = new StringJoiner(" - ");
    line.add("Run %d/%d".formatted(row.number(), runs.size()));
    List<String> names = run.point().names();
    for (int i = 0; i < names.size(); i++) {
      line.add("%s: %s".formatted(names.get(i), row.values().get(i)));
    }
    if (row.failed()) {
      return line.add("diverged: " + row.problem()).toString();
    }
    if (row.validationScore() != null) {
      line.add("val_%s: %s".formatted(name(run), Decimals.fixed(row.validationScore(), 4)));
    }
    line.add("%s: %s".formatted(name(run), Decimals.fixed(row.testScore(), 4)));
    return line.add("sha256: " + row.sha256()).toString();
  }

  private List<String> table() {
    List<String> lines = new ArrayList<>();
    running.values().stream().limit(MOST_RUNS_SHOWN).forEach(lines::add);
    if (running.size() > MOST_RUNS_SHOWN) {
      lines.add("... and %d more".formatted(running.size() - MOST_RUNS_SHOWN));
    }
    if (best != null) {
      lines.add(bestText());
    }
    lines.add("%d of %s%s".formatted(done, Text.count(runs.size(), "run"), left()));
    return lines;
  }

  private String bestText() {
    PlannedRun run = runs.get(best.number() - 1);
    return "Best: run %d  %s%s %s  %s"
        .formatted(
            best.number(),
            best.validationScore() == null ? "" : "val_",
            name(run),
            Decimals.fixed(best.score(), 4),
            run.point().settings());
  }

  private String left() {
    if (epochsDone == 0) {
      return "";
    }
    double seconds = (System.nanoTime() - started) * 1e-9;
    double left = seconds * Math.max(0, epochs - epochsDone) / epochsDone;
    return ", " + EpochMeter.duration(left) + " left";
  }

  /** No run is in progress any more. */
  void end() {
    output.progress().clear();
  }

  /** Says how the sweep ended. */
  void completed() {
    if (ended.compareAndSet(false, true)) {
      if (best != null) {
        output.note(bestText());
      }
      output.note("Results: %s and %s".formatted(directory.table(), directory.page()));
    }
  }

  /** The last line of a sweep that was stopped, unless it has just ended. */
  void sayStopped() {
    if (ended.compareAndSet(false, true)) {
      output.progress().clear();
      output.note(
          "Stopped: %d of %s in %s%s"
              .formatted(done, Text.count(runs.size(), "run"), directory.table(), advice()));
    }
  }

  /** How to go on, to be appended to a sentence. */
  String advice() {
    return "; the same command continues";
  }
}
