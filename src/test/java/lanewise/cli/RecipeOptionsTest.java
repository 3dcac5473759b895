package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import lanewise.run.Json;
import lanewise.run.Recipe;
import lanewise.run.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code train} for how it learns and when it ends. */
class RecipeOptionsTest {
  @TempDir private Path directory;

  private CommandRun train(String options) throws IOException {
    List<String> args = TinyData.train(directory, "--out", out().toString());
    args.addAll(Arrays.asList(options.split(" ")));
    return CommandRun.of(args);
  }

  private Path out() {
    return directory.resolve("out");
  }

  /** What a run records of its recipe, apart from the reference run's. */
  private String recorded(String options) throws IOException {
    CommandRun run = train(options + " --epochs 2");
    assertEquals(0, run.status(), run.err());
    return deviations();
  }

  private String deviations() throws IOException {
    Map<String, String> deviations = RunRecord.read(out()).recipe().deviations();
    return deviations.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--optimizer momentum",
        "--optimizer momentum --momentum 0.5",
        "--optimizer nesterov --momentum 0.0",
        "--optimizer adam",
        "--optimizer adam --beta1 0.5 --beta2 0.75 --epsilon 1.0E-5",
        "--optimizer adamw --weight-decay 0.01",
        "--mean once",
        "--optimizer adam --mean twice",
        "--schedule linear",
        "--schedule cosine --warmup 0.5",
        "--warmup 2.0",
        "--shuffle rows",
        "--shuffle groups",
        "--init he",
        "--label-smoothing 0.1",
        "--dropout 0.5",
        "--dropout 0.25,0.5",
        "--validation 0.25",
        "--validation 5",
        "--validation 5 --early-stop 3",
        "--target-accuracy 0.98",
      })
  void anOptionIsRecorded(String options) throws IOException {
    assertEquals(options, recorded(options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--recipe reference",
        "--optimizer sgd --mean twice",
        "--schedule constant --warmup 0",
        "--shuffle none --init glorot",
        "--label-smoothing 0 --weight-decay 0",
      })
  void theReferenceCanBeNamed(String options) throws IOException {
    assertEquals("", recorded(options));
    assertEquals(Recipe.REFERENCE.learningRate(), RunRecord.read(out()).recipe().learningRate());
  }

  /** The warm-up remains a tenth of the run, and the rest as it was. */
  @Test
  void optionsOverrideANamedRecipe() throws IOException {
    assertEquals(
        "--optimizer adam --beta2 0.99 --schedule linear --warmup 0.2 --shuffle rows --init he"
            + " --label-smoothing 0.05",
        recorded("--recipe fast"));
    Recipe fast = RunRecord.read(out()).recipe();
    assertEquals(2, fast.epochs());
    assertEquals(0.003, fast.learningRate());
    assertEquals(64, fast.batch());
    assertEquals(
        "--optimizer adamw --beta2 0.99 --schedule cosine --warmup 1.0 --init he",
        recorded(
            "--shuffle none --warmup 1 --optimizer adamw --recipe fast --schedule cosine"
                + " --label-smoothing 0 --lr 0.5 --batch 7"));
    assertEquals(0.5, RunRecord.read(out()).recipe().learningRate());
    assertEquals(7, RunRecord.read(out()).recipe().batch());
    assertEquals(
        "--schedule linear --warmup 0.2 --shuffle rows --init he --label-smoothing 0.05",
        recorded("--recipe fast --optimizer sgd"));
  }

  @Test
  void namedRecipesAreWhatTheyAreCalled() throws IOException {
    assertEquals(0, train("--recipe fast").status());
    assertEquals(Recipe.FAST, RunRecord.read(out()).recipe());
    assertEquals(
        List.of("reference", "fast", "best", "table"), List.copyOf(Recipe.named().keySet()));
    assertEquals(40, Recipe.BEST.epochs());
    assertEquals(4, Recipe.BEST.method().schedule().warmup());
    assertTrue(Recipe.BEST.method().augment());
  }

  /** Images of 8 x 8 pixels. */
  @Test
  void imagesAreDistorted() throws IOException {
    Random random = new Random(3);
    String rows =
        random
            .ints(30, 0, 3)
            .mapToObj(
                label ->
                    label
                        + random
                            .ints(64, 0, 256)
                            .mapToObj(pixel -> "," + pixel)
                            .collect(Collectors.joining())
                        + "\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(directory.resolve("images.csv"), rows);
    CommandRun run =
        CommandRun.of(
            List.of(
                "train",
                "--train",
                file.toString(),
                "--test",
                file.toString(),
                "--recipe",
                "best",
                "--epochs",
                "2",
                "--out",
                out().toString()));
    assertEquals(0, run.status(), run.err());
    assertTrue(deviations().contains("--augment true"), deviations());
    assertTrue(run.err().contains(", augment\n"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--momentum 0.5 | --momentum would have no effect with the optimizer sgd",
        "--optimizer adam --momentum 0.5 | --momentum would have no effect with the optimizer adam",
        "--optimizer momentum --epsilon 1e-3 --beta1 0 | --beta1, --epsilon would have no effect"
            + " with the optimizer momentum",
        "--recipe fast --momentum 0 | --momentum would have no effect with the optimizer adam",
        "--warmup 4.5 | the warm-up of 4.5 epochs is longer than the run of 3",
        "--early-stop 3 | --early-stop needs validation rows: add --validation",
        "--dropout 0.1,0.2,0.3 | --dropout has 3 shares, but --hidden 256,128 has 2 layers",
        "--dropout 0.1,0.2 --hidden 5,4,3 | --dropout has 2 shares, but --hidden 5,4,3 has 3 layers",
        "--dropout 0.1 --hidden none | --dropout has 1 share, but --hidden none has 0 layers",
        "--optimizer adam --optimizer sgd | option '--optimizer' should be specified only once",
        "--augment --augment | option '--augment' should be specified only once",
        "--early-stop 1 --validation 5 --early-stop 2 | option '--early-stop' should be specified"
            + " only once",
      })
  void optionsThatDoNotGoTogetherAreRefused(String options, String answer) throws IOException {
    CommandRun run = train(options + " --epochs 3");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals("lanewise: " + answer + "\nTry 'lanewise train --help'\n", run.err());
    assertFalse(Files.exists(out()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--validation 60 | 60 rows requested for validation, which leaves none of 60 to learn from",
        "--validation 4 --train-rows 4 | 4 rows requested for validation, which leaves none of 4",
        "--augment | ",
      })
  void dataThatDoesNotFitIsRefused(String options, String answer) throws IOException {
    CommandRun run = train(options + " --epochs 3");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
    assertTrue(run.err().contains(answer == null ? "" : answer), run.err());
    assertFalse(Files.exists(out()));
  }

  @Test
  void validationIsPrintedAndRecorded() throws IOException {
    CommandRun run = train("--validation 15 --epochs 2 --test-every 2");
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines.get(1).matches("Epoch 2/2 - loss: [\\d.]+ - acc: 0\\.\\d{4} - val_acc: 0\\.\\d{4}"),
        run.out());
    List<String> history = Files.readAllLines(out().resolve("history.csv"));
    assertEquals(
        "epoch,loss,accuracy,seconds,test_accuracy,validation_loss,validation_accuracy",
        history.get(0));
    assertEquals(
        Collections.nCopies(3, 7), history.stream().map(RecipeOptionsTest::cells).toList());
    assertTrue(
        run.err().contains("45 training rows, 15 to validate with, 20 test rows"), run.err());
    assertTrue(run.err().contains("\nRecipe: validation 15\n"), run.err());
    Json summary = Json.read(out().resolve("summary.json"));
    assertEquals(15, summary.at("validation.rows"));
    assertEquals(45, summary.at("training.rows"));
  }

  private static int cells(String line) {
    return line.split(",", -1).length;
  }

  @Test
  void theEndIsSaid() throws IOException {
    CommandRun run = train("--validation 15 --early-stop 2 --lr 0 --epochs 9");
    assertEquals(0, run.status(), run.err());
    assertEquals(3 + 2, run.out().lines().count());
    assertTrue(
        run.err()
            .contains(
                "\nStopped after epoch 3 of 9: no better validation loss since epoch 1, whose"
                    + " weights are kept\n3 epochs in "),
        run.err());
  }
}
