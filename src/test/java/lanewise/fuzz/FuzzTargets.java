package lanewise.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Locale;
import lanewise.cli.CommandLineFuzz;
import lanewise.cli.OutputsFuzz;
import lanewise.data.CsvFuzz;
import lanewise.data.GzipFuzz;
import lanewise.data.IdxFuzz;
import lanewise.data.TableFuzz;
import lanewise.image.ImageFuzz;
import lanewise.model.CheckpointFuzz;
import lanewise.model.EncodingFuzz;
import lanewise.model.SafetensorsFuzz;

/** All code that reads untrusted input, and all that writes where it is told to. */
enum FuzzTargets {
  IDX(IdxFuzz.class),
  CSV(CsvFuzz.class),
  TABLE(TableFuzz.class),
  GZIP(GzipFuzz.class),
  SAFETENSORS(SafetensorsFuzz.class),
  CHECKPOINT(CheckpointFuzz.class),
  ENCODING(EncodingFuzz.class),
  IMAGE(ImageFuzz.class),
  COMMAND_LINE(CommandLineFuzz.class),
  OUTPUTS(OutputsFuzz.class);

  private static final String METHOD = "fuzzerTestOneInput"; // Jazzer requires this name.

  private final Class<?> target;

  FuzzTargets(Class<?> target) {
    this.target = target;
  }

  Class<?> target() {
    return target;
  }

  /** The name on the command line and of the directory of inputs. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static FuzzTargets of(String id) {
    return Arrays.stream(values())
        .filter(target -> target.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fuzz target " + id));
  }

  /** Runs the target; throws if it handles the input wrongly. */
  void run(byte[] input) throws Throwable {
    try {
      target.getMethod(METHOD, byte[].class).invoke(null, (Object) input);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
