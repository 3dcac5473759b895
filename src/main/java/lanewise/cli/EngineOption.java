package lanewise.cli;

import java.util.Optional;
import lanewise.nn.Engine;
import picocli.CommandLine.Option;

/** The option for the kernels that a command trains with. */
final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = Choices.EngineName.class,
      completionCandidates = Choices.EngineName.class,
      description = "auto, simd or scalar; all give the same weights, bit for bit (default: auto)")
  private Engine engine;

  /** The engine, if the option is given. */
  Optional<Engine> given() {
    return Optional.ofNullable(engine);
  }

  /** The engine to use. */
  Engine engine() {
    return given().orElse(Engine.AUTO);
  }
}
