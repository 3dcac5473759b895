package lanewise.cli;

import java.nio.file.Path;
import lanewise.data.TableOptions;
import lanewise.model.Model;
import lanewise.run.RunException;
import picocli.CommandLine.Option;

/** The option for what stands between the cells of a table. */
final class DelimiterOption {
  @Option(
      names = "--delimiter",
      converter = Converters.Delimiter.class,
      paramLabel = "CHAR",
      description =
          "What stands between the cells of a table: a character such as ';', or 'tab' (default:"
              + " found among comma, semicolon, tab and |)")
  private Character delimiter;

  /** The character; {@link TableOptions#FOUND} if none was given. */
  char delimiter() {
    return delimiter == null ? TableOptions.FOUND : delimiter;
  }

  /**
   * Checks that the option is given only with a network that takes tables.
   *
   * @param file of the network
   * @throws RunException if it is not
   */
  void check(Model network, Path file) throws RunException {
    if (delimiter != null && network.info().encoding().isEmpty()) {
      throw new RunException(
          "%s: a network of grey values, but --delimiter is for tables".formatted(file));
    }
  }
}
