package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.data.DataSource;
import lanewise.data.TableOptions;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.nn.Evaluation;
import lanewise.nn.Mlp;
import lanewise.nn.Optimizer;
import lanewise.nn.Task;
import lanewise.nn.Trainer;
import lanewise.table.Encoding;
import lanewise.table.Missing;
import lanewise.table.Scale;
import lanewise.table.Table;
import lanewise.table.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table from a file to predictions, as a Java program would do it. */
class TableExampleTest {
  @TempDir private Path directory;

  @Test
  void classes() throws Exception {
    List<String> lines = new ArrayList<>(List.of("width,height,colour,shape"));
    for (int i = 0; i < 200; i++) {
      int width = 10 + i * 7 % 50;
      int height = 10 + i * 11 % 50;
      String shape = width > height ? "wide" : "tall";
      lines.add("%d,%d,%s,%s".formatted(width, height, i % 3 == 0 ? "red" : "blue", shape));
    }
    Path file = Files.write(directory.resolve("shapes.csv"), lines);
    Path saved = directory.resolve("shapes.safetensors");

    // Read the table, and keep a fifth of its rows for the evaluation.
    Table table = DataSource.table(file, TableOptions.of("shape", Task.CLASSIFY));
    Table.Parts parts = table.split(0.2, 42);

    // The training rows decide on the scaling, the categories and the classes.
    Encoding encoding = Encoding.fit(parts.rest(), Scale.STANDARD, Missing.FAIL);
    Mlp net = Mlp.he(42, encoding.inputs(), 16, encoding.outputs());
    Trainer.builder(net)
        .optimizer(Optimizer.adam())
        .learningRate(0.01)
        .batchSize(16)
        .build()
        .fit(encoding.samples(parts.rest()), 100);
    Evaluation evaluation = net.evaluate(encoding.samples(parts.chosen()));
    ModelFile.write(saved, Model.of(net, encoding));

    // Later, or elsewhere: rows of the same columns, in any order, without the label.
    Path other = directory.resolve("new.csv");
    Files.writeString(other, "colour,height,width\nred,20,50\nblue,55,12\n");
    Model model = ModelFile.read(saved);
    Encoding known = model.info().encoding().orElseThrow();
    Table rows = DataSource.table(other, known, false, TableOptions.FOUND);
    float[] p = new float[rows.rows() * known.outputs()];
    model.net().predict(known.inputs(rows), rows.rows(), p);
    List<String> found = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      boolean second = p[2 * row + 1] > p[2 * row];
      found.add(model.info().classes().get(second ? 1 : 0));
    }

    assertTrue(evaluation.accuracy() > 0.9, evaluation.toString());
    assertEquals(40, evaluation.rows());
    assertEquals(List.of("wide", "tall"), found);
  }

  @Test
  void numbers() throws Exception {
    List<String> lines = new ArrayList<>(List.of("width;height;area"));
    for (int i = 0; i < 300; i++) {
      int width = 10 + i * 7 % 50;
      int height = 10 + i * 11 % 50;
      lines.add("%d;%d;%d".formatted(width, height, width * height));
    }
    Path file = Files.write(directory.resolve("areas.csv"), lines);

    Table table = DataSource.table(file, TableOptions.of("area", Task.REGRESS));
    Table.Parts parts = table.split(0.2, 42);
    Encoding encoding = Encoding.fit(parts.rest(), Scale.STANDARD, Missing.FAIL);
    Mlp net = Mlp.he(42, encoding.inputs(), 32, encoding.outputs()).withTask(Task.REGRESS);
    Trainer.builder(net)
        .optimizer(Optimizer.adam())
        .learningRate(0.01)
        .batchSize(16)
        .build()
        .fit(encoding.samples(parts.rest()), 200);
    Evaluation evaluation = net.evaluate(encoding.samples(parts.chosen()));

    // The network's output has mean 0 and deviation 1: the encoding knows the units.
    Target.Value target = (Target.Value) encoding.target();
    double error = target.unscaleDifference(evaluation.rmse());
    float[] first = encoding.inputs(table.select(new int[] {0}));
    float area = target.unscale(net.predict(first)[0]);

    assertTrue(evaluation.r2() > 0.95, evaluation.toString());
    assertTrue(error < 150, "error " + error);
    assertEquals(100, area, 300);
  }
}
