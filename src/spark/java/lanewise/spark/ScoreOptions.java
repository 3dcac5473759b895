package lanewise.spark;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@link Score}. */
final class ScoreOptions {
  private static final String CSV = "csv";
  private static final String PARQUET = "parquet";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A safetensors file, or the directory of a saved LanewiseClassificationModel")
  private String model;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "PATH",
      description = "What to read: a file, a directory or a pattern, wherever Spark reads")
  private String in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "The directory to write, which must not exist")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description =
          "What is read and written: csv or parquet (default: parquet if --in ends with .parquet,"
              + " else csv)")
  private String format;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "What stands between the cells of CSV: a character, or 'tab' (default: a comma)")
  private String delimiter = ",";

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "The column that is no input of a network of pixels (default: the first, if there is one"
              + " column more than inputs)")
  private String label;

  /** A format of files. */
  private static final class FormatName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!List.of(CSV, PARQUET).contains(text)) {
        throw new TypeConversionException("'%s' is not csv or parquet".formatted(text));
      }
      return text;
    }
  }

  String model() {
    return model;
  }

  String in() {
    return in;
  }

  String out() {
    return out;
  }

  /** Whether files are CSV, not Parquet. */
  boolean csv() {
    String ending = in.toLowerCase(Locale.ROOT).endsWith(".parquet") ? PARQUET : CSV;
    return (format == null ? ending : format).equals(CSV);
  }

  /** As Spark's readers and writers take it. */
  String delimiter() {
    return delimiter.equals("tab") ? "\t" : delimiter;
  }

  /** The column that is no input of a network of pixels; null to find it. */
  String label() {
    return label;
  }
}
