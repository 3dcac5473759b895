package lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import lanewise.nn.Activation;
import lanewise.nn.Engine;
import lanewise.nn.Optimizer;
import lanewise.nn.Schedule;
import lanewise.nn.Shuffle;
import lanewise.nn.Trainer;
import lanewise.run.DataPlace;
import lanewise.run.Init;
import lanewise.run.Method;
import lanewise.run.Recipe;
import lanewise.run.RunRecord;
import lanewise.run.Session;
import lanewise.run.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RunAgainTest {
  private static final String PROGRAM =
      "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train";

  private static String options(DataPlace data, Recipe recipe, Session session) {
    String command =
        RunAgain.command(new RunRecord(Instant.EPOCH, data, "0".repeat(64), recipe, session));
    assertEquals(PROGRAM + " ", command.substring(0, PROGRAM.length() + 1));
    return command.substring(PROGRAM.length() + 1);
  }

  @Test
  void defaultsAreOmitted() {
    assertEquals(
        "--data builtin", options(new DataPlace.Builtin(), Recipe.REFERENCE, Session.DEFAULT));
  }

  @Test
  void allOtherSettingsAreIncluded() {
    Recipe recipe = new Recipe(OptionalInt.of(50), List.of(5, 4), 8, 0.5, 3, 7, 2);
    Session session =
        new Session(
            Engine.SCALAR, OptionalInt.of(3), OptionalInt.of(0), Optional.of(Path.of("/models/m")));
    assertEquals(
        "--train /a.csv --test /b.csv --train-rows 50 --hidden 5,4 --batch 8 --lr 0.5 --epochs 3"
            + " --seed 7 --test-every 2 --engine scalar --threads 3 --checkpoint-every 0"
            + " --save /models/m",
        options(new DataPlace.CsvFiles(Path.of("/a.csv"), Path.of("/b.csv")), recipe, session));
    Recipe shallow = new Recipe(OptionalInt.empty(), List.of(), 64, 0.008, 75, 42, 0);
    assertEquals(
        "--data /d --hidden none",
        options(new DataPlace.Directory(Path.of("/d")), shallow, Session.DEFAULT));
  }

  @Test
  void theMethodIsIncluded() {
    assertEquals(
        "--data builtin --lr 0.003 --epochs 4 --optimizer adam --beta2 0.99 --schedule linear"
            + " --warmup 0.4 --shuffle rows --init he --label-smoothing 0.05",
        options(new DataPlace.Builtin(), Recipe.FAST, Session.DEFAULT));
    Method method =
        new Method(
            new Optimizer(Optimizer.Kind.NESTEROV, 0.8, 0.9, 0.999, 1e-8, 0.01),
            Trainer.Mean.TWICE,
            Schedule.CONSTANT,
            Shuffle.NONE,
            Init.GLOROT,
            0,
            List.of(0.2, 0.5),
            true,
            Activation.TANH,
            true);
    assertEquals(
        "--data builtin --optimizer nesterov --momentum 0.8 --weight-decay 0.01 --mean twice"
            + " --dropout 0.2,0.5 --augment --activation tanh --class-weights balanced"
            + " --validation 5000 --early-stop 3"
            + " --target-accuracy 0.98",
        options(
            new DataPlace.Builtin(),
            Recipe.REFERENCE.with(method).with(new Stopping(5000, 3, OptionalDouble.of(0.98))),
            Session.DEFAULT));
  }

  /** A shell passes on the intended words, whatever they contain. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
  void aShellReadsTheIntendedWords() throws IOException, InterruptedException {
    List<String> values =
        List.of("a b", "it's", "$HOME", "`id`", "a\nb", "!!", "\\", "*", "~", "ü", ";echo", "''");
    for (String value : values) {
      String words =
          options(new DataPlace.Directory(Path.of(value)), Recipe.REFERENCE, Session.DEFAULT);
      Process shell =
          new ProcessBuilder("sh", "-c", "printf '%s|' " + words).redirectErrorStream(true).start();
      String out = new String(shell.getInputStream().readAllBytes());
      assertEquals(0, shell.waitFor());
      assertEquals("--data|" + value + "|", out);
    }
  }
}
