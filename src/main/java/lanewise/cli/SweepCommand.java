package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import lanewise.report.SweepReport;
import lanewise.run.RunException;
import lanewise.run.Session;
import lanewise.sweep.Grid;
import lanewise.sweep.PlannedRun;
import lanewise.sweep.Sweep;
import lanewise.sweep.SweepDirectory;
import lanewise.sweep.SweepTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sweep}: trains a network for each combination of values of some options. */
@Command(
    name = "sweep",
    description = {
      "Trains a network for each combination of values of some options.",
      "Every network is the same, bit for bit, as if it were trained alone.",
      "The same command again continues a sweep that was stopped."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise sweep --grid 'lr=0.1|0.03;seed=1..5' --epochs 10",
      "  lanewise sweep --grid 'hidden=256,128|128|none' --recipe fast",
      "  lanewise sweep --grid 'dropout=0|0.2;augment=true|false' \\",
      "      --recipe fast --validation 5000 --out runs/dropout",
      "",
      "Exit status: 0 success, 1 bad input or an output that cannot be written,",
      "130 interrupted by Ctrl-C. A run that diverges is a line of the results."
    })
final class SweepCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

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

  @Mixin private EngineOption engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Threads.class,
      description = "Runs at a time, each with one thread (default: the machine's cores)")
  private Integer threads;

  @Option(
      names = "--out",
      converter = Converters.OutputName.class,
      paramLabel = "DIR",
      description =
          "Directory for sweep.csv, sweep.html and the runs; if it has this sweep, the sweep is"
              + " continued (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("runs/sweep");

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Write a checkpoint of each run, from which it continues, every N epochs; 0 writes none"
              + " (default: 1, or 0 if --out is in memory)")
  private Integer checkpointEvery;

  @Option(
      names = "--quiet",
      description = "Print only results and errors (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    SweepOptions options = new SweepOptions();
    Grid parsed = Grid.parse(grid);
    List<String> given = options.given(spec.commandLine().getParseResult());
    List<PlannedRun> runs = options.runs(parsed, given);
    List<Path> inputs =
        runs.stream().map(PlannedRun::place).distinct().flatMap(p -> p.files().stream()).toList();
    Session session =
        new Session(
            engine.engine(),
            OptionalInt.empty(),
            TrainCommand.optional(checkpointEvery),
            Optional.empty());
    int crew = threads == null ? Session.availableThreads() : threads;
    Output output = program.output(quiet);
    try (SweepDirectory directory = SweepDirectory.open(out, parsed, given, inputs)) {
      SweepText text = new SweepText(runs, directory, output);
      text.begin(engine.engine(), Math.min(crew, runs.size()));
      Sweep sweep = new Sweep(runs, directory, session, crew, text);
      Interruption interruption = new Interruption(sweep::cancel, text::sayStopped);
      try {
        return make(sweep, directory, SweepTable.of(runs), text);
      } finally {
        interruption.close();
      }
    }
  }

  /** Makes the runs and, however that ends, the page; returns the exit status. */
  private static int make(Sweep sweep, SweepDirectory directory, SweepTable table, SweepText text)
      throws IOException {
    boolean complete;
    try {
      complete = sweep.run();
    } catch (RunException e) {
      throw new RunException(e.getMessage() + text.advice(), e);
    } finally {
      text.end();
      SweepReport.write(table, sweep.rows(), directory);
    }
    if (!complete) {
      text.sayStopped();
      return TrainCommand.INTERRUPTED;
    }
    text.completed();
    return 0;
  }
}
