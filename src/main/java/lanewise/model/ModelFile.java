package lanewise.model;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.nn.Mlp;

/**
 * A model as a safetensors file: the tensors {@code layers.0.weight} (in, out), {@code
 * layers.0.bias} (out), ..., and metadata that says what they make up. The same model gives the
 * same bytes.
 *
 * <p>The metadata: {@code format} is {@code lanewise-mlp-1}, {@code layer_sizes} such as {@code
 * 784,256,128,10}, {@code activation} of the hidden layers ({@code relu}), {@code output} ({@code
 * softmax}), {@code input_divisor} such as {@code 255}, {@code classes} as a JSON array of strings,
 * {@link Safetensors#CHECKSUM}, and what {@link ModelInfo#origin} holds.
 */
public final class ModelFile {
  /** What a directory of a run calls the file. */
  public static final String FILE_NAME = "model.safetensors";

  private ModelFile() {}

  /**
   * Reads a model, or the model in a {@link Checkpoint}.
   *
   * @throws ModelException if the file cannot be read, is damaged, does not hold a model or holds a
   *     number that is not finite
   */
  public static Model read(Path file) throws ModelException {
    try (SafetensorsReader in = SafetensorsReader.open(file)) {
      ModelMetadata metadata = ModelMetadata.parse(Checkpoint.ofModel(in.metadata()), file);
      return read(in, metadata, file);
    } catch (IOException e) {
      throw ModelException.unreadable(file, e);
    }
  }

  /** The model in an open file whose metadata has been read. */
  static Model read(SafetensorsReader in, ModelMetadata metadata, Path file) throws ModelException {
    Mlp net = LayerTensors.read(in, metadata.sizes(), file);
    checkFinite(net, file);
    return new Model(net, metadata.info());
  }

  /**
   * Writes a model, as a whole or not at all.
   *
   * @param file replaced if it is there
   * @throws ModelException if a parameter is not finite, or there are thousands of layers, too many
   *     to be read again
   * @throws IOException if the file cannot be written; what was there before is there still
   */
  public static void write(Path file, Model model) throws IOException {
    safetensors(file, model).write(file);
  }

  /**
   * Makes the file's directory if need be, and finds out without touching a file that is there
   * whether {@link #write} has a chance: whether there is the right to write it, and the room.
   *
   * @param model of the layer sizes of the one to be written later
   * @throws IOException if it has not
   */
  public static void prepare(Path file, Model model) throws IOException {
    safetensors(file, model).prepare(file);
  }

  private static Safetensors safetensors(Path file, Model model) throws IOException {
    checkFinite(model.net(), file);
    return new Safetensors(LayerTensors.of(model.net()), ModelMetadata.of(model).text());
  }

  static void checkFinite(Mlp net, Path file) throws ModelException {
    float[] parameters = net.parameters();
    for (int i = 0; i < parameters.length; i++) {
      if (!Float.isFinite(parameters[i])) {
        throw new ModelException(
            "%s: parameter %d of %d is %s, not a finite number"
                .formatted(file, i + 1, parameters.length, parameters[i]));
      }
    }
  }
}
