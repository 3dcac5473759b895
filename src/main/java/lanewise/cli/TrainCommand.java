package lanewise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.report.Report;
import lanewise.run.Cancellation;
import lanewise.run.RunDirectory;
import lanewise.run.RunDivergedException;
import lanewise.run.RunException;
import lanewise.run.RunLostException;
import lanewise.run.RunOutcome;
import lanewise.run.RunRequest;
import lanewise.run.Session;
import lanewise.run.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code train}: starts or resumes a run. */
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
      "  lanewise train --recipe fast --validation 5000 --out runs/fast",
      "  lanewise train --train my_train.csv --test my_test.csv --lr 0.5",
      "  lanewise train --train houses.csv --label price --task regress --validation 0.2",
      "  lanewise train --resume runs/small",
      "",
      "Exit status: 0 success, 1 bad input or an output that cannot be written,",
      "2 the loss or a weight became NaN or infinite, 130 interrupted by Ctrl-C."
    })
final class TrainCommand implements Callable<Integer> {
  /** Exit status after Ctrl-C, as in shells. */
  static final int INTERRUPTED = 130;

  /** What may be given with --resume, besides the location of the data. */
  private static final List<String> SESSION_OPTIONS =
      List.of("--threads", "--engine", "--checkpoint-every", "--save", "--quiet", "--offline");

  @ParentCommand private RootCommand program;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Mixin private RecipeOptions recipe;

  @Mixin private EngineOption engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Threads.class,
      description = "Number of threads (default: the machine's cores)")
  private Integer threads;

  @Option(
      names = "--out",
      converter = Converters.OutputName.class,
      paramLabel = "DIR",
      description =
          "Directory for history.csv, summary.json and report.html (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("runs/latest");

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      converter = Converters.NotNegative.class,
      description =
          "Write a checkpoint, from which --resume continues, to --out every N epochs; 0 writes"
              + " none (default: 1, or 0 if --out is in memory)")
  private Integer checkpointEvery;

  @Option(
      names = "--resume",
      converter = Converters.InputName.class,
      paramLabel = "DIR",
      description =
          "Continue the run in DIR, the --out of an earlier run, after its last checkpoint; needs"
              + " no other option (default: a new run)")
  private Path resume;

  @Option(
      names = "--save",
      converter = Converters.OutputName.class,
      paramLabel = "FILE",
      description =
          "File for the trained network, in safetensors format (default: "
              + ModelFile.FILE_NAME
              + " in --out)")
  private Path save;

  @Option(
      names = "--quiet",
      description = "Print only results and errors (default: ${DEFAULT-VALUE})")
  private boolean quiet;

  /** Another one in tests. */
  PageWriter pages = Report::ofRun;

  /** Writes the page of a completed run. */
  @FunctionalInterface
  interface PageWriter {
    void write(Path directory, Model model, Path page) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    data.check(resume != null, recipe.validates());
    checkResume();
    Output output = program.output(quiet);
    Path directory = resume == null ? out : resume;
    Cancellation cancellation = new Cancellation();
    try (TrainText text = new TrainText(directory, output, cancellation)) {
      try {
        return report(train(text, cancellation), directory, text, output);
      } catch (OutputException e) {
        throw e.followedBy(text.resumeAdvice());
      }
    }
  }

  private RunOutcome train(TrainText text, Cancellation cancellation) throws IOException {
    try {
      return resume == null
          ? TrainingRun.start(request(), text, cancellation)
          : TrainingRun.resume(resume, overrides(), text, cancellation);
    } catch (RunDivergedException | RunLostException e) {
      throw e; // To resume would end the same way, or is not possible.
    } catch (RunException e) {
      throw new RunException(e.getMessage() + text.resumeAdvice(), e);
    }
  }

  private RunRequest request() {
    Session session =
        new Session(
            engine.engine(),
            optional(threads),
            optional(checkpointEvery),
            Optional.ofNullable(save));
    return new RunRequest(data.place(), data.table(), recipe.recipe(data.table()), session, out);
  }

  private Session.Overrides overrides() {
    return new Session.Overrides(
        data.given(),
        engine.given(),
        optional(threads),
        optional(checkpointEvery),
        Optional.ofNullable(save));
  }

  static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** With --resume, options that would make it another run are refused. */
  private void checkResume() throws RunException {
    if (resume == null) {
      return;
    }
    Set<String> refused = new TreeSet<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      refused.add(option.longestName());
    }
    refused.remove("--resume");
    refused.removeAll(SESSION_OPTIONS);
    refused.removeAll(DataOptions.PLACES);
    if (!refused.isEmpty()) {
      throw new RunException(
          "--resume continues a run with its original settings: leave out %s (only %s and the"
                  .formatted(String.join(", ", refused), String.join(", ", SESSION_OPTIONS))
              + " location of the data may change)");
    }
  }

  /** Prints the outcome; returns the exit status. */
  private int report(RunOutcome outcome, Path directory, TrainText text, Output output)
      throws RunException {
    switch (outcome) {
      case RunOutcome.Cancelled cancelled -> {
        return INTERRUPTED;
      }
      case RunOutcome.AlreadyComplete complete -> {
        output.note("The run in %s is complete; its result:".formatted(directory));
        output.result(complete.result());
        complete.modelFile().ifPresent(file -> output.note("Model: " + file));
      }
      case RunOutcome.Completed complete -> {
        try {
          text.completed(complete);
        } finally { // The files do not need standard output.
          finish(complete, directory, output);
        }
      }
    }
    return 0;
  }

  /** Writes the page; the run is complete even if that, or the model, is missing. */
  private void finish(RunOutcome.Completed complete, Path directory, Output output)
      throws RunException {
    List<String> problems = new ArrayList<>();
    complete.problem().map(RunException::getMessage).ifPresent(problems::add);
    writePage(directory, complete.model(), output).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new RunException("the run is complete, but " + String.join("; ", problems));
    }
  }

  /** Returns what went wrong: the run is complete without its page, but that is missing. */
  private Optional<String> writePage(Path directory, Model model, Output output) {
    Path page = directory.resolve(RunDirectory.PAGE);
    try {
      pages.write(directory, model, page);
      output.note("Report: " + page);
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      return Optional.of(RunException.cannotWrite(page, e).getMessage());
    } catch (OutOfMemoryError e) {
      return Optional.of("%s: %s".formatted(page, ErrorHandling.NOT_ENOUGH_MEMORY));
    }
  }
}
