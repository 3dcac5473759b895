package lanewise.model;

import java.nio.file.Path;
import lanewise.nn.Mlp;

/** A program that embeds Lanewise: it writes a network and reads it back. */
final class EmbeddedModel {
  private EmbeddedModel() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0], "model.safetensors");
    Mlp net = Mlp.glorot(42, 4, 3, 2);
    ModelFile.write(file, Model.of(net));
    Mlp read = ModelFile.read(file).net();
    OnnxFile.write(Path.of(args[0], "model.onnx"), Model.of(read));
    NpzFile.write(Path.of(args[0], "model.npz"), read);
    System.out.println(read.sha256().equals(net.sha256()));
  }
}
