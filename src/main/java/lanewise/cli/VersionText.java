package lanewise.cli;

import lanewise.kernel.Kernels;
import lanewise.run.Machine;
import lanewise.run.Version;
import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Kernels kernels = Kernels.best();
    return new String[] {
      "Lanewise " + Version.text(), Machine.jvmName(), describe(kernels.name(), kernels.lanes())
    };
  }

  /** An engine and its vector width. */
  static String describe(String engine, int lanes) {
    return "%s engine, %d %s".formatted(engine, lanes, lanes == 1 ? "lane" : "lanes");
  }
}
