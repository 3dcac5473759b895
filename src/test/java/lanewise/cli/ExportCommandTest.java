package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code export}: the files it writes and the answers to mistakes. */
class ExportCommandTest {
  @TempDir private Path directory;
  private Path model;

  @BeforeEach
  void save() throws IOException {
    model = directory.resolve("model.safetensors");
    ModelInfo info = new ModelInfo(List.of("no", "yes"), 255, Map.of());
    ModelFile.write(model, new Model(Mlp.glorot(1, 3, 4, 2), info));
  }

  /** Runs the command; {@code @name} in an argument is a file in this directory. */
  private CommandRun export(String... args) {
    List<String> all = new ArrayList<>(List.of("export"));
    for (String arg : args) {
      all.add(arg.startsWith("@") ? directory.resolve(arg.substring(1)).toString() : arg);
    }
    return CommandRun.of(all);
  }

  @Test
  void itWritesBothFormats() {
    CommandRun run = export("--model", "@model.safetensors", "--onnx", "@a.onnx", "--npz", "@a");
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.out());
    assertEquals(
        """
        Network: 3-4-2 from %s
        ONNX: %s
        NumPy: %s
        """
            .formatted(model, directory.resolve("a.onnx"), directory.resolve("a")),
        run.err());
    assertTrue(Files.exists(directory.resolve("a.onnx")));
    assertTrue(Files.exists(directory.resolve("a")));
  }

  @Test
  void theSameModelGivesTheSameFiles() throws IOException {
    export("--model", "@model.safetensors", "--onnx", "@a.onnx", "--npz", "@a.npz");
    export("--model", "@model.safetensors", "--onnx", "@b.onnx");
    CommandRun quiet = export("--model", "@model.safetensors", "--npz", "@b.npz", "--quiet");
    assertEquals("", quiet.err());
    for (String kind : List.of("onnx", "npz")) {
      Path first = directory.resolve("a." + kind);
      assertEquals(-1, Files.mismatch(first, directory.resolve("b." + kind)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--model @model.safetensors | nothing to write: give a file with --onnx, --npz or both",
        "--model= --onnx @x | '' is not the name of a file",
        "--onnx= | '' is not the name of a file",
        "--npz= | '' is not the name of a file",
        "--npz | missing required parameter for option '--npz' (FILE)",
        "--onxn @x | unknown option '--onxn'; did you mean --onnx?",
        "--model @model.safetensors @x | unexpected argument '",
      })
  void anErrorIsOneLineAndAHint(String options, String answer) throws IOException {
    List<String> lines = refused(options);
    assertTrue(lines.get(0).contains(answer), lines::toString);
    assertEquals(List.of("Try 'lanewise export --help'"), lines.subList(1, lines.size()));
  }

  /** Returns the lines of an answer, none of whose command's files has changed. */
  private List<String> refused(String options) throws IOException {
    byte[] before = Files.readAllBytes(model);
    CommandRun run = export(options.split(" "));
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
    assertEquals(List.of("model.safetensors"), List.of(directory.toFile().list()));
    assertArrayEquals(before, Files.readAllBytes(model));
    return run.err().lines().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--onnx @x --npz @x | two outputs of this command have this name",
        "--onnx @x --npz @./x | two outputs of this command have this name",
        "--model @model.safetensors --onnx @model.safetensors | this command reads it",
        "--model @model.safetensors --npz @./model.safetensors | this command reads it",
      })
  void anOutputThatIsUsedElsewhereIsRefused(String options, String answer) throws IOException {
    List<String> lines = refused(options);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("lanewise: cannot write to "), lines::toString);
    assertTrue(lines.get(0).endsWith(answer), lines::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@none | none: no such file",
        "@ | : a directory, expected a file",
        "/dev/null | /dev/null: a device or a pipe, expected a file",
        "@damaged | damaged: damaged: the SHA-256 of its content differs",
        "@text | text: not a safetensors file: ",
      })
  void aModelThatCannotBeReadWritesNothing(String name, String answer) throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 1] ^= 1;
    Files.write(directory.resolve("damaged"), bytes);
    Files.writeString(directory.resolve("text"), "0,1,2,3,4,5,6\n");
    CommandRun run = export("--model", name, "--onnx", "@x");
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
    assertTrue(run.err().contains(answer), run.err());
    assertFalse(Files.exists(directory.resolve("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@model.safetensors/x", "@", "/dev/null", "/proc/none/x"})
  void anUnwritablePathLeavesNoFiles(String place) {
    CommandRun run = export("--model", "@model.safetensors", "--onnx", "@x", "--npz", place);
    assertEquals(1, run.status());
    assertTrue(run.err().lines().anyMatch(line -> line.startsWith("lanewise: cannot write to ")));
    assertFalse(Files.exists(directory.resolve("x")));
    assertEquals(List.of("model.safetensors"), List.of(directory.toFile().list()));
  }

  @Test
  void anUnwritablePathIsReportedOnce() {
    CommandRun run = export("--model", "@model.safetensors", "--npz", "/dev/null", "--quiet");
    assertEquals("lanewise: cannot write to /dev/null: it is not a regular file\n", run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model | runs/latest/model.safetensors",
        "--onnx | none",
        "--npz | none",
        "--quiet | false"
      })
  void theHelpShowsEachDefault(String option, String value) {
    String text = export("--help").out().replaceAll("\\s+", " ");
    assertTrue(text.matches(".* " + option + "\\b[^-]*\\(default: " + value + "\\).*"), text);
  }
}
