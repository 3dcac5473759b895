package lanewise.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options of {@link Score}.
 *
 * @param model a safetensors file, or a directory that {@link LanewiseClassificationModel} was
 *     saved to
 * @param in what to read: a file, a directory or a pattern, wherever Spark reads
 * @param out the directory to write, which must not exist
 * @param format {@code csv} or {@code parquet}, of both
 * @param delimiter between the cells of CSV
 * @param label the column that is no input of a network of pixels; null to find it
 */
record ScoreOptions(
    String model, String in, String out, String format, String delimiter, String label) {
  private static final List<String> FORMATS = List.of("csv", "parquet");

  private static final String USAGE =
      "expected --model FILE --in PATH --out PATH [--format csv|parquet] [--delimiter CHARACTER]"
          + " [--label COLUMN]";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a sentence if an option is unknown, twice or missing
   */
  static ScoreOptions parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    List<String> known = List.of("--model", "--in", "--out", "--format", "--delimiter", "--label");
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (!known.contains(name)) {
        throw misuse("unknown option %s".formatted(name));
      }
      if (i + 1 == arguments.length) {
        throw misuse("%s without a value".formatted(name));
      }
      if (given.put(name, arguments[i + 1]) != null) {
        throw misuse("%s given twice".formatted(name));
      }
    }
    for (String name : List.of("--model", "--in", "--out")) {
      if (!given.containsKey(name)) {
        throw misuse("no %s".formatted(name));
      }
    }
    String in = given.get("--in");
    String format = given.getOrDefault("--format", format(in));
    if (!FORMATS.contains(format)) {
      throw misuse("the format %s".formatted(format));
    }
    return new ScoreOptions(
        given.get("--model"),
        in,
        given.get("--out"),
        format,
        given.getOrDefault("--delimiter", ","),
        given.get("--label"));
  }

  private static String format(String in) {
    return in.toLowerCase(Locale.ROOT).endsWith(".parquet") ? "parquet" : "csv";
  }

  private static IllegalArgumentException misuse(String problem) {
    return new IllegalArgumentException("%s: %s".formatted(problem, USAGE));
  }
}
