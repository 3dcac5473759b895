package lanewise.model;

import static lanewise.io.Text.quote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lanewise.table.Encoding;
import lanewise.table.Target;

/**
 * Metadata of a network: class labels, how inputs are made of raw values, and origin.
 *
 * @param classes the labels, in the order of the network's outputs, all distinct; none for a
 *     regression. With an encoding, the values of its target
 * @param inputDivisor divides raw values before they enter the network: 255 for grey bytes, 1 for
 *     values that are used as they are and for tables; finite, above 0
 * @param encoding how inputs and outputs are made of a table's columns; empty if the network takes
 *     no tables
 * @param origin the origin of the network, by name: any of {@link #SEED}, {@link #VERSION}, {@link
 *     #DATA_SHA256} and names that begin with {@link #SETTING}
 */
public record ModelInfo(
    List<String> classes,
    float inputDivisor,
    Optional<Encoding> encoding,
    Map<String, String> origin) {
  /** The seed of the initial weights. */
  public static final String SEED = "seed";

  /** The version of the program that trained the network. */
  public static final String VERSION = "version";

  /** The SHA-256 of the training data. */
  public static final String DATA_SHA256 = "data_sha256";

  /** Prefix of the names of training settings. */
  public static final String SETTING = "settings.";

  /** The divisor of grey bytes. */
  public static final float GREY = 255;

  /**
   * Checks the values.
   *
   * @param classes see {@link #classes()}; copied
   * @param inputDivisor see {@link #inputDivisor()}
   * @param encoding see {@link #encoding()}
   * @param origin see {@link #origin()}; copied
   * @throws IllegalArgumentException if one is out of range, the classes or the divisor are not
   *     those of the encoding, or a name in {@code origin} is unknown
   */
  public ModelInfo {
    classes = List.copyOf(classes);
    Objects.requireNonNull(encoding, "encoding");
    if (encoding.isPresent()) {
      checkTable(encoding.get(), classes, inputDivisor);
    } else {
      checkLabels(classes);
    }
    if (!(inputDivisor > 0 && inputDivisor < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("inputs cannot be divided by " + inputDivisor);
    }
    SortedMap<String, String> sorted = new TreeMap<>(origin);
    for (var entry : sorted.entrySet()) {
      if (!isOrigin(entry.getKey())) {
        throw new IllegalArgumentException("unknown name " + quote(entry.getKey()));
      }
      if (!isText(entry.getKey()) || !isText(entry.getValue())) {
        throw new IllegalArgumentException("unpaired surrogate in " + quote(entry.getKey()));
      }
    }
    origin = Collections.unmodifiableSortedMap(sorted);
  }

  /**
   * Metadata of a network that takes values as they are, or grey bytes.
   *
   * @param classes see {@link #classes()}; copied
   * @param inputDivisor see {@link #inputDivisor()}
   * @param origin see {@link #origin()}; copied
   * @throws IllegalArgumentException if one is out of range or a name in {@code origin} is unknown
   */
  public ModelInfo(List<String> classes, float inputDivisor, Map<String, String> origin) {
    this(classes, inputDivisor, Optional.empty(), origin);
  }

  /**
   * Metadata of a network that takes tables.
   *
   * @param encoding see {@link #encoding()}
   * @param origin see {@link #origin()}; copied
   * @throws IllegalArgumentException if a name in {@code origin} is unknown
   */
  public ModelInfo(Encoding encoding, Map<String, String> origin) {
    this(labels(encoding), 1, Optional.of(encoding), origin);
  }

  private static List<String> labels(Encoding encoding) {
    Objects.requireNonNull(encoding, "encoding");
    return encoding.target() instanceof Target.Classes target ? target.values() : List.of();
  }

  private static void checkTable(Encoding encoding, List<String> classes, float inputDivisor) {
    if (!classes.equals(labels(encoding))) {
      throw new IllegalArgumentException("the classes are not those of the table's target");
    }
    if (inputDivisor != 1) {
      throw new IllegalArgumentException(
          "inputs made of a table are not divided by " + inputDivisor);
    }
    if (!isText(EncodingJson.text(encoding))) {
      throw new IllegalArgumentException("unpaired surrogate in the text of a table");
    }
  }

  /** A table may have classes of any text. */
  private static void checkLabels(List<String> classes) {
    Set<String> different = new HashSet<>();
    for (String label : classes) {
      if (label.isBlank() || !isText(label) || label.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "a class label is one line of text, not " + quote(label));
      }
      if (!different.add(label)) {
        throw new IllegalArgumentException("two classes have the label " + quote(label));
      }
    }
  }

  /** Whether UTF-8 can encode the text: it cannot encode an unpaired surrogate. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static boolean isOrigin(String name) {
    return name.equals(SEED)
        || name.equals(VERSION)
        || name.equals(DATA_SHA256)
        || (name.startsWith(SETTING) && name.length() > SETTING.length());
  }

  /**
   * Returns the labels 0, 1, 2, ...
   *
   * @param classes number of labels
   * @return the labels
   */
  public static List<String> numbered(int classes) {
    List<String> labels = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      labels.add(Integer.toString(label));
    }
    return labels;
  }
}
