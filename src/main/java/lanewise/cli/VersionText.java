package lanewise.cli;

import lanewise.kernel.Kernels;
import lanewise.report.Machine;
import lanewise.report.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Lanewise " + Version.text(), Machine.jvmName(), describe(Kernels.best())};
  }

  /** An engine and its width, in words. */
  static String describe(Kernels kernels) {
    int lanes = kernels.lanes();
    return "%s engine, %d %s".formatted(kernels.name(), lanes, lanes == 1 ? "lane" : "lanes");
  }
}
