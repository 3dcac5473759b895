package lanewise.model;

import java.util.ArrayList;
import java.util.List;
import lanewise.nn.Task;
import lanewise.table.Column;
import lanewise.table.Encoding;

/** What the inputs and outputs of an ONNX file mean, for people. */
final class OnnxText {
  private OnnxText() {}

  /** Of a table: each input's column, in order, and {@code column=category} for text. */
  static String input(ModelInfo info) {
    return info.encoding()
        .map(OnnxText::columns)
        .orElseGet(() -> "raw values divided by " + ModelMetadata.plain(info.inputDivisor()));
  }

  private static String columns(Encoding table) {
    List<String> inputs = new ArrayList<>();
    for (Column column : table.columns()) {
      switch (column) {
        case Column.Numbers numbers -> inputs.add(numbers.name());
        case Column.Texts texts ->
            texts.values().forEach(value -> inputs.add(texts.name() + "=" + value));
      }
    }
    return "numbers as they are, 1 for the category of the row and 0 for the others: "
        + String.join(", ", inputs);
  }

  static String output(Model model) {
    boolean classes = model.net().task() == Task.CLASSIFY;
    return model
        .info()
        .encoding()
        .map(
            table ->
                classes
                    ? "%s, one for each of: %s"
                        .formatted(table.target().name(), String.join(", ", model.info().classes()))
                    : table.target().name())
        .orElse(classes ? "one for each of the classes" : "one for each of the numbers");
  }
}
