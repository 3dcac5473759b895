package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.report.History;
import lanewise.report.MistakesFile;
import lanewise.report.Report;
import lanewise.report.RunException;
import lanewise.report.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code report}: the page of a run, made again from the run's files. */
@Command(
    name = "report",
    description = {
      "Makes the page of a completed run again from the files in its directory.",
      "The page is one file that a browser opens without a network."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  lanewise report --run runs/latest --out digits.html",
      "",
      "Exit status: 0 well, 1 bad input."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      converter = Converters.FileName.class,
      defaultValue = "runs/latest",
      description = "What train had as --out (default: ${DEFAULT-VALUE})")
  private Path run;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      converter = Converters.FileName.class,
      description =
          "The run's network, if train was told to --save it elsewhere (default: "
              + ModelFile.FILE_NAME
              + " in --run)")
  private Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = Converters.FileName.class,
      description = "Receives the page (default: " + Report.FILE_NAME + " in --run)")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Path page = out == null ? run.resolve(Report.FILE_NAME) : out;
    Path kept = model == null ? run.resolve(ModelFile.FILE_NAME) : model;
    checkKept(page, kept);
    // A model that was named must be there; a run may have saved its own elsewhere.
    Model trained = model != null || Files.exists(kept) ? ModelFile.read(kept) : null;
    try {
      Report.ofRun(run, trained, page);
    } catch (RunException e) {
      throw CommandFailure.badInput(e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.cannotWrite(page, e);
    }
    if (trained == null) {
      note("%s: no such file; the page has no drawing board".formatted(kept));
    }
    note("Report: " + page);
    return 0;
  }

  /** The page must not take the place of what it is made from. */
  private void checkKept(Path page, Path kept) throws IOException {
    List<Path> sources =
        List.of(
            kept,
            run.resolve(Summary.FILE_NAME),
            run.resolve(History.FILE_NAME),
            run.resolve(MistakesFile.FILE_NAME));
    for (Path source : sources) {
      if (Files.exists(page) && Files.exists(source) && Files.isSameFile(page, source)) {
        throw new ParameterException(
            spec.commandLine(), "--out names a file that the page is made from: " + page);
      }
    }
  }

  private void note(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
