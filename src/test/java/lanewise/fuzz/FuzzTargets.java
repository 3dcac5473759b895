package lanewise.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Locale;
import lanewise.cli.CommandLineFuzz;
import lanewise.data.CsvFuzz;
import lanewise.data.GzipFuzz;
import lanewise.data.IdxFuzz;
import lanewise.image.ImageFuzz;
import lanewise.model.CheckpointFuzz;
import lanewise.model.SafetensorsFuzz;

/** Everything that reads what a stranger may have written. */
enum FuzzTargets {
  IDX(IdxFuzz.class),
  CSV(CsvFuzz.class),
  GZIP(GzipFuzz.class),
  SAFETENSORS(SafetensorsFuzz.class),
  CHECKPOINT(CheckpointFuzz.class),
  IMAGE(ImageFuzz.class),
  COMMAND_LINE(CommandLineFuzz.class);

  private static final String METHOD = "fuzzerTestOneInput"; // The name that Jazzer looks for.

  private final Class<?> target;

  FuzzTargets(Class<?> target) {
    this.target = target;
  }

  Class<?> target() {
    return target;
  }

  /** As people write it, and the name of its directory of inputs. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static FuzzTargets of(String id) {
    return Arrays.stream(values())
        .filter(target -> target.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fuzz target " + id));
  }

  /** Runs the target; an input that it answers wrongly makes it throw. */
  void run(byte[] input) throws Throwable {
    try {
      target.getMethod(METHOD, byte[].class).invoke(null, (Object) input);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
