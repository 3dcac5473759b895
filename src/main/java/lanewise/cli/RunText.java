package lanewise.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lanewise.kernel.Kernels;
import lanewise.nn.Mlp;
import lanewise.report.Decimals;
import lanewise.report.History;
import lanewise.report.Settings;
import lanewise.report.Summary;
import lanewise.report.Version;

/**
 * What a training run tells who watches it, in words.
 *
 * @param settings of the run
 * @param directory of its files
 */
record RunText(Settings settings, Path directory) {
  /** What is about to happen. */
  List<String> header(Kernels kernels, Mlp net) {
    return List.of(
        "Lanewise %s: %s, %s"
            .formatted(
                Version.text(),
                VersionText.describe(kernels),
                settings.threads() == 1 ? "1 thread" : settings.threads() + " threads"),
        String.format(
            Locale.ROOT,
            "Data: %s; %,d rows to learn, %,d to test",
            settings.source(),
            settings.trainRows(),
            settings.testRows()),
        String.format(
            Locale.ROOT,
            "Network: %s, %,d parameters; batch %d, lr %s, seed %d",
            net,
            net.parameters().length,
            settings.batch(),
            settings.learningRate(),
            settings.seed()));
  }

  /** The run has come to its end. */
  String finished(double seconds) {
    return "%s in %s s; %s and %s are in %s"
        .formatted(
            epochs(settings.epochs()),
            Decimals.fixed(seconds, 1),
            History.FILE_NAME,
            Summary.FILE_NAME,
            directory);
  }

  /**
   * The run was told to stop.
   *
   * @param complete epochs in the history
   * @param resumption see {@link RunFiles#resumption}
   */
  String stopped(int complete, String resumption) {
    return "stopped in epoch %d of %d; %s %s in %s%s"
        .formatted(
            Math.min(complete + 1, settings.epochs()),
            settings.epochs(),
            epochs(complete),
            complete == 1 ? "is" : "are",
            directory.resolve(History.FILE_NAME),
            resumption);
  }

  private static String epochs(int count) {
    return count == 1 ? "1 epoch" : count + " epochs";
  }
}
