package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.report.Report;
import lanewise.run.Outputs;
import lanewise.run.RunDirectory;
import lanewise.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code report}: generates the page of a run again from the files of the run. */
@Command(
    name = "report",
    description = {
      "Generates the page of a completed run from the files of the run.",
      "The page is a single file that a browser opens without network access."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  lanewise report --run runs/latest --out digits.html",
      "",
      "Exit status: 0 success, 1 bad input."
    })
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private RootCommand program;

  @Option(
      names = "--run",
      converter = Converters.InputName.class,
      paramLabel = "DIR",
      defaultValue = "runs/latest",
      description = "The run: the --out of train (default: ${DEFAULT-VALUE})")
  private Path run;

  @Option(
      names = "--model",
      converter = Converters.InputName.class,
      paramLabel = "FILE",
      description =
          "The network of the run, if train saved it elsewhere with --save (default: "
              + ModelFile.FILE_NAME
              + " in --run)")
  private Path model;

  @Option(
      names = "--out",
      converter = Converters.OutputName.class,
      paramLabel = "FILE",
      description = "File for the page (default: " + RunDirectory.PAGE + " in --run)")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Path page = out == null ? run.resolve(RunDirectory.PAGE) : out;
    Path kept = model == null ? run.resolve(ModelFile.FILE_NAME) : model;
    List<Path> inputs = new ArrayList<>(RunDirectory.sources(run));
    inputs.add(kept);
    new Outputs(inputs).add(page, run.resolve(RunDirectory.PAGE));
    // A model given as an option must exist; the run may have saved its own elsewhere.
    Model trained = model != null || Files.exists(kept) ? ModelFile.read(kept) : null;
    try {
      Report.ofRun(run, trained, page);
    } catch (RunException e) {
      throw e;
    } catch (IOException e) {
      throw RunException.cannotWrite(page, e);
    }
    Output output = program.plainOutput(false);
    if (trained == null) {
      output.note("%s: no such file; the page has no drawing pad".formatted(kept));
    }
    output.note("Report: " + page);
    return 0;
  }
}
