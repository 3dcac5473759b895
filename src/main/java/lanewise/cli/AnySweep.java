package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.nn.Engine;
import lanewise.report.SweepReport;
import lanewise.run.RunException;
import lanewise.sweep.Grid;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.SweepCrew;
import lanewise.sweep.SweepDirectory;
import lanewise.sweep.SweepResults;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that makes a sweep, wherever its runs are made. */
abstract class AnySweep implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--grid",
      required = true,
      paramLabel = "GRID",
      description =
          "Options of train, without dashes, and their values: ';' separates options, '|' separates"
              + " values, a..b is a range of whole numbers; flags are true or false")
  private String grid;

  @Mixin private DataOptions data;

  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--out",
      converter = Converters.OutputName.class,
      paramLabel = "DIR",
      description =
          "Directory for sweep.csv, sweep.html and the runs; if it has this sweep, the sweep is"
              + " continued (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("runs/sweep");

  @Option(
      names = "--quiet",
      description = "Print only results and errors (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  @Mixin private EngineOption engine;

  /** The command, once it is parsed. */
  CommandLine command() {
    return spec.commandLine();
  }

  /** Checks the options that are not among these. */
  void check() {}

  /** What to print to. */
  abstract Output output(boolean quiet);

  /**
   * Says what begins, and returns who will do it.
   *
   * @param engine of each run
   */
  abstract SweepCrew crew(SweepResults results, Engine engine, SweepText text);

  @Override
  public Integer call() throws IOException {
    check();
    SweepOptions options = new SweepOptions();
    Grid parsed = Grid.parse(grid);
    List<String> given = options.given(command().getParseResult());
    List<PlannedRun> runs = options.runs(parsed, given);
    List<Path> inputs =
        runs.stream().map(PlannedRun::place).distinct().flatMap(p -> p.files().stream()).toList();
    try (SweepDirectory directory = SweepDirectory.open(out, parsed, given, inputs)) {
      SweepResults results = new SweepResults(runs, directory);
      SweepText text = new SweepText(runs, directory, output(quiet));
      SweepCrew crew = crew(results, engine.engine(), text);
      Interruption interruption = new Interruption(crew::cancel, text::sayStopped);
      try {
        return make(crew, results, text);
      } finally {
        interruption.close();
      }
    }
  }

  /** Makes the runs and, however that ends, the page; returns the exit status. */
  private static int make(SweepCrew crew, SweepResults results, SweepText text) throws IOException {
    boolean complete;
    try {
      complete = crew.run();
    } catch (RunException e) {
      throw new RunException(e.getMessage() + text.advice(), e);
    } finally {
      text.end();
      SweepReport.write(results.table(), results.rows(), results.directory());
    }
    if (!complete) {
      text.sayStopped();
      return TrainCommand.INTERRUPTED;
    }
    text.completed();
    return 0;
  }
}
