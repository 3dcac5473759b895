package lanewise.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lanewise.io.Text;
import lanewise.nn.Activation;
import lanewise.nn.Mlp;
import lanewise.nn.Task;
import lanewise.table.Encoding;

/**
 * The metadata of a model's file: the network but for its parameters, and the {@link ModelInfo}, as
 * strings by key.
 */
final class ModelMetadata {
  private static final String FORMAT = "format";
  private static final String FORMAT_1 = "lanewise-mlp-1";
  private static final String LAYER_SIZES = "layer_sizes";
  private static final String ACTIVATION = "activation";
  private static final Map<String, Activation> ACTIVATIONS =
      Map.of("relu", Activation.RELU, "tanh", Activation.TANH);
  private static final String OUTPUT = "output";
  private static final Map<String, Task> OUTPUTS =
      Map.of("softmax", Task.CLASSIFY, "identity", Task.REGRESS);
  private static final String INPUT_DIVISOR = "input_divisor";
  private static final String CLASSES = "classes";
  private static final String TABLE = "table";

  private final int[] sizes;
  private final Activation activation;
  private final Task task;
  private final ModelInfo info;

  private ModelMetadata(int[] sizes, Activation activation, Task task, ModelInfo info) {
    this.sizes = sizes;
    this.activation = activation;
    this.task = task;
    this.info = info;
  }

  /** The metadata of a model. */
  static ModelMetadata of(Model model) {
    Mlp net = model.net();
    int[] sizes = new int[net.layers() + 1];
    Arrays.setAll(sizes, net::width);
    return new ModelMetadata(sizes, net.activation(), net.task(), model.info());
  }

  /** The layer sizes: inputs, hidden layers, outputs. */
  int[] sizes() {
    return sizes;
  }

  /**
   * Makes the network.
   *
   * @param parameters as many as the layer sizes require; kept by a network with ReLU that
   *     classifies, copied by others
   */
  Mlp net(float[] parameters) {
    Mlp net = Mlp.of(parameters, sizes);
    net = net.activation() == activation ? net : net.withActivation(activation);
    return net.task() == task ? net : net.withTask(task);
  }

  ModelInfo info() {
    return info;
  }

  /** Returns the metadata entries of the file. */
  SortedMap<String, String> text() {
    SortedMap<String, String> text = new TreeMap<>(info.origin());
    text.put(FORMAT, FORMAT_1);
    text.put(
        LAYER_SIZES,
        Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    text.put(ACTIVATION, name(activation, ACTIVATIONS));
    text.put(OUTPUT, name(task, OUTPUTS));
    text.put(INPUT_DIVISOR, plain(info.inputDivisor()));
    text.put(CLASSES, array(info.classes()));
    info.encoding().ifPresent(encoding -> text.put(TABLE, EncodingJson.text(encoding)));
    return text;
  }

  /**
   * Parses a file's metadata.
   *
   * @param file for messages
   * @throws ModelException if it is not the metadata of a model
   */
  static ModelMetadata parse(Map<String, String> text, Path file) throws ModelException {
    return new Parser(new TreeMap<>(text), file).parse();
  }

  private static <T> String name(T value, Map<String, T> values) {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** 255, not 255.0. */
  static String plain(float number) {
    String text = Float.toString(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String array(List<String> values) {
    StringBuilder json = new StringBuilder();
    JsonWriter.strings(json, values);
    return json.toString();
  }

  /** Removes the known names from the text; the rest is the origin. */
  private record Parser(SortedMap<String, String> text, Path file) {
    ModelMetadata parse() throws ModelException {
      if (!text.containsKey(FORMAT)) {
        throw new ModelException(
            "%s: not a Lanewise model: its metadata has no '%s'".formatted(file, FORMAT));
      }
      takeOneOf(FORMAT, Map.of(FORMAT_1, FORMAT_1));
      Activation activation = takeOneOf(ACTIVATION, ACTIVATIONS);
      Task task = takeOneOf(OUTPUT, OUTPUTS);
      int[] sizes = sizes();
      ModelInfo info = info(divisor(), classes(), encoding());
      Optional<String> misfit = Model.misfit(info, task, sizes[0], sizes[sizes.length - 1]);
      if (misfit.isPresent()) {
        throw bad(info.encoding().isPresent() ? TABLE : CLASSES, misfit.get());
      }
      return new ModelMetadata(sizes, activation, task, info);
    }

    /** What is left of the text is the origin. */
    private ModelInfo info(float divisor, List<String> classes, Optional<Encoding> encoding)
        throws ModelException {
      try {
        return new ModelInfo(classes, divisor, encoding, text);
      } catch (IllegalArgumentException e) {
        throw new ModelException("%s: metadata: %s".formatted(file, e.getMessage()), e);
      }
    }

    private Optional<Encoding> encoding() throws ModelException {
      String value = text.remove(TABLE);
      return value == null
          ? Optional.empty()
          : Optional.of(EncodingParser.parse(value, "%s: metadata '%s'".formatted(file, TABLE)));
    }

    private String take(String key) throws ModelException {
      String value = text.remove(key);
      if (value == null) {
        throw new ModelException("%s: metadata has no '%s'".formatted(file, key));
      }
      return value;
    }

    private <T> T takeOneOf(String key, Map<String, T> known) throws ModelException {
      String value = take(key);
      T found = known.get(value);
      if (found == null) {
        String names = String.join("' or '", new TreeSet<>(known.keySet()));
        throw bad(key, "%s, expected '%s'".formatted(Text.quote(value), names));
      }
      return found;
    }

    private int[] sizes() throws ModelException {
      String value = take(LAYER_SIZES);
      try {
        int[] sizes = Arrays.stream(value.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        boolean plain = value.chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'));
        if (plain && sizes.length >= 2 && Arrays.stream(sizes).allMatch(size -> size >= 1)) {
          return sizes;
        }
      } catch (NumberFormatException e) {
        // Reported below, like numbers out of range.
      }
      throw bad(
          LAYER_SIZES,
          "%s, expected two or more numbers such as 784,256,128,10".formatted(Text.quote(value)));
    }

    private float divisor() throws ModelException {
      String value = take(INPUT_DIVISOR);
      if (value.matches("\\d{1,40}(\\.\\d{1,40})?(E-?\\d{1,2})?")) {
        float divisor = Float.parseFloat(value);
        if (divisor > 0 && divisor < Float.POSITIVE_INFINITY) {
          return divisor;
        }
      }
      throw bad(INPUT_DIVISOR, "%s, expected a number such as 255".formatted(Text.quote(value)));
    }

    private List<String> classes() throws ModelException {
      String value = take(CLASSES);
      List<String> classes = new ArrayList<>();
      JsonReader json = new JsonReader(value, CLASSES);
      try {
        json.array(() -> classes.add(json.string()));
        json.end();
        return classes;
      } catch (ModelException e) {
        throw bad(CLASSES, "%s, expected a JSON array of strings".formatted(Text.quote(value)));
      }
    }

    private ModelException bad(String key, String what) {
      return new ModelException("%s: metadata '%s': %s".formatted(file, key, what));
    }
  }
}
