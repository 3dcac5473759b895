package lanewise.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lanewise.io.Text;

/** The metadata of a model's file: the layer sizes and the {@link ModelInfo}, as strings by key. */
final class ModelMetadata {
  private static final String FORMAT = "format";
  private static final String FORMAT_1 = "lanewise-mlp-1";
  private static final String LAYER_SIZES = "layer_sizes";
  private static final String ACTIVATION = "activation";
  private static final String RELU = "relu";
  private static final String OUTPUT = "output";
  private static final String SOFTMAX = "softmax";
  private static final String INPUT_DIVISOR = "input_divisor";
  private static final String CLASSES = "classes";

  private final int[] sizes;
  private final ModelInfo info;

  private ModelMetadata(int[] sizes, ModelInfo info) {
    this.sizes = sizes;
    this.info = info;
  }

  /** The metadata of a model. */
  static ModelMetadata of(Model model) {
    int[] sizes = new int[model.net().layers() + 1];
    Arrays.setAll(sizes, model.net()::width);
    return new ModelMetadata(sizes, model.info());
  }

  /** The layer sizes: inputs, hidden layers, classes. */
  int[] sizes() {
    return sizes;
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
    text.put(ACTIVATION, RELU);
    text.put(OUTPUT, SOFTMAX);
    text.put(INPUT_DIVISOR, plain(info.inputDivisor()));
    text.put(CLASSES, array(info.classes()));
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

  /** 255, not 255.0. */
  static String plain(float number) {
    String text = Float.toString(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String array(List<String> values) {
    StringBuilder json = new StringBuilder("[");
    for (String value : values) {
      json.append(json.length() > 1 ? "," : "");
      JsonWriter.string(json, value);
    }
    return json.append(']').toString();
  }

  /** Removes the known names from the text; the rest is the origin. */
  private record Parser(SortedMap<String, String> text, Path file) {
    ModelMetadata parse() throws ModelException {
      if (!text.containsKey(FORMAT)) {
        throw new ModelException(
            "%s: not a Lanewise model: its metadata has no '%s'".formatted(file, FORMAT));
      }
      takeOnly(FORMAT, FORMAT_1);
      takeOnly(ACTIVATION, RELU);
      takeOnly(OUTPUT, SOFTMAX);
      int[] sizes = sizes();
      float divisor = divisor();
      List<String> classes = classes();
      if (classes.size() != sizes[sizes.length - 1]) {
        throw bad(
            CLASSES,
            "%s for %s"
                .formatted(
                    Text.count(classes.size(), "label"),
                    Text.count(sizes[sizes.length - 1], "output")));
      }
      try {
        return new ModelMetadata(sizes, new ModelInfo(classes, divisor, text));
      } catch (IllegalArgumentException e) {
        throw new ModelException("%s: metadata: %s".formatted(file, e.getMessage()), e);
      }
    }

    private String take(String key) throws ModelException {
      String value = text.remove(key);
      if (value == null) {
        throw new ModelException("%s: metadata has no '%s'".formatted(file, key));
      }
      return value;
    }

    private void takeOnly(String key, String known) throws ModelException {
      String value = take(key);
      if (!value.equals(known)) {
        throw bad(key, "%s, expected '%s'".formatted(Text.quote(value), known));
      }
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
