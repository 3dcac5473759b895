package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import lanewise.io.AtomicFile;
import lanewise.nn.Mlp;

/**
 * A model as a safetensors file: the tensors {@code layers.0.weight} (in, out), {@code
 * layers.0.bias} (out), ..., and metadata. The same model always gives the same bytes.
 *
 * <p>Metadata: {@code format} is {@code lanewise-mlp-1}, {@code layer_sizes} such as {@code
 * 784,256,128,10}, {@code activation} of the hidden layers ({@code relu} or {@code tanh}), {@code
 * output} ({@code softmax}, or {@code identity} for a regression), {@code input_divisor} such as
 * {@code 255}, {@code classes} as a JSON array of strings, {@code table}, the {@link
 * lanewise.table.Encoding} as a JSON object if there is one, {@code content_sha256}, the SHA-256 of
 * the file as it would be without this entry, and the entries of {@link ModelInfo#origin}. A reader
 * verifies the checksum if there is one.
 */
public final class ModelFile {
  /** The name of a run's model in the run's directory. */
  public static final String FILE_NAME = "model.safetensors";

  private ModelFile() {}

  /**
   * Reads a model, or the model in a {@link Checkpoint}.
   *
   * @param file a safetensors file
   * @return the model, its parameters all finite
   * @throws ModelException if the file cannot be read, is damaged, does not hold a model or has a
   *     parameter that is NaN or infinite
   */
  public static Model read(Path file) throws ModelException {
    Objects.requireNonNull(file, "file");
    try (SafetensorsReader in = SafetensorsReader.open(file)) {
      ModelMetadata metadata = ModelMetadata.parse(Checkpoint.ofModel(in.metadata()), file);
      return read(in, metadata, file);
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /** The model in an open file whose metadata has been read. */
  static Model read(SafetensorsReader in, ModelMetadata metadata, Path file) throws ModelException {
    Mlp net = LayerTensors.read(in, metadata, file);
    checkFinite(net.parameters(), file);
    return new Model(net, metadata.info());
  }

  /**
   * Writes a model atomically: completely or not at all.
   *
   * @param file replaced if it exists; if it is a symbolic link, the link's target is written
   * @param model its parameters must be finite
   * @throws ModelException if a parameter is NaN or infinite, or the header would exceed 16 MiB (a
   *     hundred thousand layers or columns of a table)
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  public static void write(Path file, Model model) throws IOException {
    safetensors(file, model).write(AtomicFile.target(file));
  }

  /**
   * Creates the file's directory if necessary and checks, without touching an existing file, that
   * {@link #write} can succeed: that it has permission and that the disk has room.
   *
   * @param file the one to be written later
   * @param model has the layer sizes of the one to be written later
   * @throws IOException if it cannot
   */
  public static void prepare(Path file, Model model) throws IOException {
    safetensors(file, model).prepare(AtomicFile.target(file));
  }

  private static Safetensors safetensors(Path file, Model model) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(model, "model");
    checkFinite(model.net().parameters(), file);
    return new Safetensors(LayerTensors.of(model.net()), ModelMetadata.of(model).text());
  }

  static void checkFinite(float[] parameters, Path file) throws ModelException {
    for (int i = 0; i < parameters.length; i++) {
      if (!Float.isFinite(parameters[i])) {
        throw new ModelException(
            "%s: parameter %d of %d is %s, not a finite number"
                .formatted(file, i + 1, parameters.length, parameters[i]));
      }
    }
  }
}
