package lanewise.cli;

import java.util.Optional;
import java.util.OptionalInt;
import lanewise.io.Text;
import lanewise.nn.Engine;
import lanewise.run.Session;
import lanewise.sweep.Sweep;
import lanewise.sweep.SweepCrew;
import lanewise.sweep.SweepResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

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
final class SweepCommand extends AnySweep {
  @ParentCommand private RootCommand program;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Threads.class,
      description = "Runs at a time, each with one thread (default: the machine's cores)")
  private Integer threads;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Write a checkpoint of each run, from which it continues, every N epochs; 0 writes none"
              + " (default: 1, or 0 if --out is in memory)")
  private Integer checkpointEvery;

  @Override
  Output output(boolean quiet) {
    return program.output(quiet);
  }

  @Override
  SweepCrew crew(SweepResults results, Engine engine, SweepText text) {
    Session session =
        new Session(
            engine, OptionalInt.empty(), TrainCommand.optional(checkpointEvery), Optional.empty());
    int crew = threads == null ? Session.availableThreads() : threads;
    int runs = results.runs().size();
    text.begin(
        "%s, %s, %d at a time"
            .formatted(
                VersionText.describe(engine), Text.count(runs, "run"), Math.min(crew, runs)));
    return new Sweep(results, session, crew, text);
  }
}
