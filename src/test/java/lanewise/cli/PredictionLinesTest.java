package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lanewise.model.Model;
import lanewise.model.ModelFile;
import lanewise.model.ModelInfo;
import lanewise.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code predict} prints, character by character, of a network whose logits are its inputs.
 */
class PredictionLinesTest {
  @TempDir private Path directory;

  /** What is printed of some rows of three logits, with "rows" for the name of their file. */
  private List<String> predict(List<String> logits, String... more) throws IOException {
    Path model = directory.resolve("model.safetensors");
    Mlp net = Mlp.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}, 3, 3);
    ModelInfo info = new ModelInfo(List.of("ant", "bee", "cat"), 1, Map.of());
    ModelFile.write(model, new Model(net, info));
    Path rows = Files.write(directory.resolve("rows.csv"), logits);
    List<String> args = new ArrayList<>(List.of("predict", "--model=" + model, rows.toString()));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args);
    assertEquals("", run.err());
    return run.out().lines().map(line -> line.replace(rows.toString(), "rows")).toList();
  }

  /** Probabilities: e^2, e and 1 of their sum are 66.52, 24.47 and 9.00 %. */
  @Test
  void theBestClassIsFollowedByTheSecond() throws IOException {
    assertEquals(
        List.of(
            "rows:1  ant  66.52%  bee  24.47%",
            "rows:2  ant  66.52%  cat  24.47%",
            "rows:3  bee  66.52%  ant  24.47%",
            "rows:4  bee  66.52%  cat  24.47%",
            "rows:5  cat  66.52%  ant  24.47%",
            "rows:6  cat  66.52%  bee  24.47%"),
        predict(List.of("2,1,0", "2,0,1", "1,2,0", "0,2,1", "1,0,2", "0,1,2")));
  }

  @Test
  void ofEquallyProbableClassesTheFirstComesFirst() throws IOException {
    assertEquals(
        List.of(
            "rows:1  ant  42.23%  bee  42.23%",
            "rows:2  ant  42.23%  cat  42.23%",
            "rows:3  bee  42.23%  cat  42.23%",
            "rows:4  ant  33.33%  bee  33.33%",
            "rows:5  ant  57.61%  bee  21.19%",
            "rows:6  bee  57.61%  ant  21.19%",
            "rows:7  cat  57.61%  ant  21.19%"),
        predict(List.of("1,1,0", "1,0,1", "0,1,1", "1,1,1", "1,0,0", "0,1,0", "0,0,1")));
  }

  @Test
  void eachProbabilityIsInItsField() throws IOException {
    assertEquals(
        """
        {"name":"rows:1","class":"bee","probability":0.66524094,\
        "runnerUp":"ant","runnerUpProbability":0.24472848,\
        "probabilities":{"ant":0.24472848,"bee":0.66524094,"cat":0.09003057}}
        {"name":"rows:2","class":"bee","probability":0.42231882,\
        "runnerUp":"cat","runnerUpProbability":0.42231882,\
        "probabilities":{"ant":0.15536241,"bee":0.42231882,"cat":0.42231882}}
        {"name":"rows:3","class":"cat","probability":0.57611686,\
        "runnerUp":"ant","runnerUpProbability":0.21194156,\
        "probabilities":{"ant":0.21194156,"bee":0.21194156,"cat":0.57611686}}
        """
            .lines()
            .toList(),
        predict(List.of("1,2,0", "0,1,1", "0,0,1"), "--json"));
  }
}
