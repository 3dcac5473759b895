package lanewise.cli;

import lanewise.nn.Engine;
import lanewise.run.Machine;
import lanewise.run.Version;
import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Lanewise " + Version.text(), Machine.jvmName(), describe(Engine.AUTO)};
  }

  /** The implementation of an engine and its vector width. */
  static String describe(Engine engine) {
    int lanes = engine.lanes();
    return "%s engine, %d %s"
        .formatted(engine.implementation(), lanes, lanes == 1 ? "lane" : "lanes");
  }
}
