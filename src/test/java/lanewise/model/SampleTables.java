package lanewise.model;

import java.util.List;
import lanewise.table.Column;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Target;

/** Encodings with awkward names and numbers. */
final class SampleTables {
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Numbers("a \"b\"\n", 0.1f, Float.MIN_VALUE, -0f),
          new Column.Texts(
              "\u00e9\ud83d\ude00", List.of("", "x,\\", "\t"), List.of(0.1f, 0.9f, 0f)),
          new Column.Numbers("3", -1.5e30f, Float.MAX_VALUE, 16777217f));

  private static final List<String> HEADER =
      List.of("unused", "same", "3", "y", "\u00e9\ud83d\ude00", "a \"b\"\n");

  /** Five inputs, three classes. */
  static final Encoding CLASSES =
      new Encoding(
          HEADER,
          true,
          COLUMNS,
          List.of("same"),
          new Target.Classes("y", List.of(" ", "line\nbreak", "10")),
          Missing.MEAN);

  /** Five inputs, a number to predict. */
  static final Encoding VALUE =
      new Encoding(
          HEADER, false, COLUMNS, List.of(), new Target.Value("y", 1e-40f, 3.3f), Missing.FAIL);

  private SampleTables() {}
}
