package lanewise.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import lanewise.kernel.Kernels;
import lanewise.model.Model;
import lanewise.model.ModelException;
import lanewise.model.ModelFile;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model that travels to executors as the bytes of its safetensors file. A JVM that receives it
 * parses it once, for all of its tasks.
 */
final class SentModel implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final byte[] file;
  private transient Model model;
  private transient Mlp sums;
  private transient SparkContext context;
  private transient Broadcast<SentModel> broadcast;

  private SentModel(byte[] file) {
    this.file = file;
  }

  /**
   * Wraps the bytes of a safetensors file.
   *
   * @param file kept, not copied
   * @param name of the file, for messages
   * @throws ModelException if they are not a model
   */
  static SentModel of(byte[] file, String name) throws IOException {
    SentModel sent = new SentModel(file);
    sent.model = parse(file, name);
    return sent;
  }

  /** The bytes of a model's safetensors file. */
  static byte[] bytes(Model model) throws IOException {
    java.nio.file.Path temporary = Files.createTempFile("lanewise", ".safetensors");
    try {
      ModelFile.write(temporary, model);
      return Files.readAllBytes(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Reads a model from any file system that Spark reads.
   *
   * @throws IOException with a line for the user if it cannot be read or is no model
   */
  static SentModel read(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    try (FSDataInputStream in = files.open(path)) {
      return of(in.readAllBytes(), path.toString());
    } catch (FileNotFoundException e) {
      throw new ModelException(path + ": no such file", e);
    }
  }

  /** Writes the safetensors file; one that exists is replaced. */
  void write(Path path, Configuration configuration) throws IOException {
    try (FSDataOutputStream out = path.getFileSystem(configuration).create(path, true)) {
      out.write(file);
    }
  }

  /** The model, parsed at first use. */
  synchronized Model model() {
    if (model == null) {
      try {
        model = parse(file, "the model that was sent");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return model;
  }

  /** The file is readable at a path only. */
  private static Model parse(byte[] file, String name) throws IOException {
    java.nio.file.Path temporary = Files.createTempFile("lanewise", ".safetensors");
    try {
      Files.write(temporary, file);
      return ModelFile.read(temporary);
    } catch (ModelException e) {
      throw new ModelException(
          Objects.toString(e.getMessage()).replace(temporary.toString(), name), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The network without its softmax: what it gives are the logits, or a regression's values. */
  private synchronized Mlp sums() {
    if (sums == null) {
      sums = model().net().withTask(Task.REGRESS);
    }
    return sums;
  }

  /**
   * Computes the logits and the probabilities of some rows in one pass; of a regression, the values
   * and no probabilities. The probabilities have the bits of {@link Mlp#predict(float[], int,
   * float[])}, which are softmax of the same sums.
   *
   * @param rows (count, inputs), row-major
   * @param count of the rows
   * @param logits receives (count, outputs)
   * @param probabilities receives (count, outputs)
   */
  void predict(float[] rows, int count, float[] logits, float[] probabilities) {
    sums().predict(rows, count, logits);
    if (model().net().task() == Task.CLASSIFY) {
      probabilities(logits, count, probabilities);
    }
  }

  /** Computes softmax of (count, outputs) logits. */
  void probabilities(float[] logits, int count, float[] probabilities) {
    int outputs = model().net().outputs();
    System.arraycopy(logits, 0, probabilities, 0, count * outputs);
    Kernels.best().softmax(count, outputs, probabilities, 0, outputs);
  }

  /** The handle by which tasks get this model: one for a cluster, however often it is asked for. */
  synchronized Broadcast<SentModel> broadcast(SparkContext to) {
    if (broadcast == null || context != to) {
      context = to;
      broadcast = JavaSparkContext.fromSparkContext(to).broadcast(this);
    }
    return broadcast;
  }
}
