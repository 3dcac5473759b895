package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lanewise.cli.Converters.Hidden;
import lanewise.data.Dataset;
import lanewise.kernel.Kernels;
import lanewise.model.ModelFile;
import lanewise.report.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code train}, checked and turned into a {@link TrainRun}. */
@Command(
    name = "train",
    description = {
      "Trains a multilayer perceptron on labelled rows and tests it.",
      "Without options: the reference run, 784-256-128-10 on MNIST."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise train --epochs 10 --hidden 64 --out runs/small",
      "  lanewise train --train my_train.csv --test my_test.csv --lr 0.5",
      "  lanewise train --resume runs/small",
      "",
      "Exit status: 0 well, 1 bad input, 2 the loss left the finite numbers,",
      "130 ended by Ctrl-C."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Learn from the first N rows alone (default: all rows)")
  private Integer trainRows;

  @Option(
      names = "--hidden",
      paramLabel = "SIZES",
      defaultValue = "256,128",
      converter = Converters.HiddenSizes.class,
      description = "Sizes of the hidden layers, or 'none' (default: ${DEFAULT-VALUE})")
  private Hidden hidden;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      converter = Converters.Positive.class,
      description = "Rows a step (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.008",
      converter = Converters.Rate.class,
      description =
          "Learning rate; a step is W -= RATE / rows^2 * gradient, as in the article "
              + "(default: ${DEFAULT-VALUE})")
  private double learningRate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "75",
      converter = Converters.NotNegative.class,
      description =
          "Passes over the rows; 0 tests the untrained network (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      converter = Converters.Seed.class,
      description = "Of the initial weights, as NumPy draws them (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--test-every",
      paramLabel = "N",
      defaultValue = "0",
      converter = Converters.NotNegative.class,
      description =
          "Epochs between looks at the test rows, for history and report; changes no weight; 0"
              + " tests at the end alone (default: ${DEFAULT-VALUE})")
  private int testEvery;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = Converters.EngineName.class,
      description =
          "auto, simd or scalar; all give the same weights, bit for bit "
              + "(default: ${DEFAULT-VALUE})")
  private Engine engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Threads.class,
      description = "Threads to work with (default: the machine's cores, here ${DEFAULT-VALUE})")
  private int threads =
      Math.min(Converters.Threads.MOST, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/latest",
      description =
          "Receives history.csv, summary.json and report.html (default: ${DEFAULT-VALUE})")
  private Path out;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Epochs between checkpoints in --out, from which --resume goes on; 0 keeps none"
              + " (default: 1, or 0 where --out is in memory)")
  private Integer checkpointEvery;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in DIR, an earlier --out, after its last checkpoint; needs no other"
              + " option (default: a new run)")
  private Path resume;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      converter = Converters.FileName.class,
      description =
          "Receives the trained network as safetensors (default: "
              + ModelFile.FILE_NAME
              + " in --out)")
  private Path save;

  @Option(
      names = "--quiet",
      description = "Print the results and errors alone (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  private final boolean terminal;

  /**
   * @param terminal whether standard error is a terminal that people watch
   */
  TrainCommand(boolean terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    data.check();
    Output output =
        new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), quiet, terminal);
    if (resume != null) {
      return new Resumption(resume, this, output).run(given());
    }
    TrainRun.Start start = TrainRun.Start.now();
    return train(
        new NewRun(out, start.instant(), this::record, checkpointEvery, output), start, output);
  }

  /** Reads the data and trains. */
  int train(RunBeginning beginning, TrainRun.Start start, Output output) throws IOException {
    Kernels kernels = engine.kernels(output::note);
    Dataset dataset = data.read(threads, output);
    beginning.check(dataset);
    SavedModel model = new SavedModel(save == null ? out.resolve(ModelFile.FILE_NAME) : save);
    return new TrainRun(settings(dataset), dataset, kernels, beginning, model, output, start).run();
  }

  /**
   * The same command with other arguments.
   *
   * @throws ParameterException if one is wrong
   */
  TrainCommand with(List<String> arguments) {
    TrainCommand other = new TrainCommand(terminal);
    new CommandLine(other).parseArgs(arguments.toArray(String[]::new));
    other.data.check();
    return other;
  }

  Integer checkpointEvery() {
    return checkpointEvery;
  }

  private Map<String, String> given() {
    return GivenOptions.of(spec.commandLine().getParseResult());
  }

  /** The options that make the run; to be called when the data is read. */
  private Map<String, String> record() {
    Map<String, String> options = GivenOptions.absolute(spec.commandLine().getParseResult());
    options.keySet().removeAll(DataOptions.PLACES);
    options.keySet().removeAll(List.of("--out", "--quiet", "--offline"));
    options.putAll(data.place());
    return options;
  }

  private Settings settings(Dataset dataset) {
    int available = dataset.train().rows();
    if (trainRows != null && trainRows > available) {
      throw CommandFailure.badInput(
          "--train-rows %d: there are only %d rows in %s"
              .formatted(trainRows, available, dataset.source()));
    }
    List<Integer> sizes = new ArrayList<>();
    sizes.add(dataset.train().width());
    sizes.addAll(hidden.sizes());
    sizes.add(dataset.train().classes());
    return new Settings(
        dataset.source(),
        dataset.sha256(),
        trainRows == null ? available : trainRows,
        dataset.test().rows(),
        sizes,
        batch,
        learningRate,
        epochs,
        seed,
        testEvery,
        engine.toString(),
        threads);
  }
}
