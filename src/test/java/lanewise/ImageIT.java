package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.cli.Main;
import lanewise.run.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The installed program: {@code mvn -Pimage verify} builds it and runs this. */
@Timeout(120)
class ImageIT {
  private static final Path IMAGE = Path.of("target", "lanewise").toAbsolutePath();
  private static final Path TARBALL =
      Path.of("target", "lanewise-%s-linux-x64.tar.gz".formatted(Version.text())).toAbsolutePath();
  private static final Path PROGRAM = IMAGE.resolve("bin/lanewise");
  private static final List<String> TWO_EPOCHS =
      List.of("train", "--data", "builtin", "--train-rows", "2000", "--epochs", "2");

  @TempDir private Path directory;

  private Path work;
  private Path home;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void create() throws IOException {
    work = Files.createDirectory(directory.resolve("work"));
    home = Files.createDirectory(directory.resolve("home"));
  }

  /** The program with nothing in its environment but this. */
  private ProcessBuilder program(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private Run run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path err = directory.resolve("err");
    Process process = program(environment, command).redirectError(err.toFile()).start();
    try {
      String out = new String(process.getInputStream().readAllBytes());
      return new Run(process.waitFor(), out, Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private Run lanewise(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(environment, with(List.of(PROGRAM.toString()), arguments));
  }

  private static List<String> with(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(Arrays.asList(arguments));
    return all;
  }

  private static String[] array(List<String> arguments) {
    return arguments.toArray(String[]::new);
  }

  private Run bash(String script) throws IOException, InterruptedException {
    return run(
        Map.of("PATH", System.getenv("PATH"), "P", PROGRAM.toString(), "I", IMAGE.toString()),
        List.of("bash", "-c", script));
  }

  @Test
  void trainsWithAnEmptyEnvironmentAsTheJarDoes() throws IOException, InterruptedException {
    Run run = lanewise(Map.of(), with(TWO_EPOCHS, "--quiet").toArray(String[]::new));
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    Path jar = IMAGE.resolve("lib/lanewise/lanewise.jar");
    List<String> arguments = with(TWO_EPOCHS, "--quiet", "--out", directory + "/jar");
    TestJvm.Result same = TestJvm.run(List.of(), jar.toString(), Launcher.class, array(arguments));
    assertEquals(same.output(), run.out());
    assertTrue(Files.exists(work.resolve("runs/latest/report.html")));
  }

  @Test
  void theVectorApiIsThereWithoutAWarning() throws IOException, InterruptedException {
    Run run = lanewise(Map.of(), "--version");
    assertEquals(0, run.status());
    assertEquals("", run.err());
    TestJvm.Result here = TestJvm.run(TestJvm.VECTORS, Main.class, "--version");
    String engine = here.output().lines().toList().getLast();
    assertEquals(engine, run.out().lines().toList().getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train --data nowhere", "evaluate --model none", "predict --model none x.png"})
  void mistakesAreOneLineAndAStatus(String arguments) throws IOException, InterruptedException {
    Run run = lanewise(Map.of(), arguments.split(" "));
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("lanewise: "), run.err());
  }

  @Test
  void optionsForTheJvm() throws IOException, InterruptedException {
    String[] train = array(TWO_EPOCHS);
    Run small = lanewise(Map.of("LANEWISE_JAVA_OPTS", "-Xmx8m -Xmn2m"), train);
    assertEquals(1, small.status());
    assertTrue(small.err().contains("not enough memory: "), small.err());
    assertTrue(small.err().contains("LANEWISE_JAVA_OPTS=-Xmx4g"), small.err());
    Run collector = lanewise(Map.of("LANEWISE_JAVA_OPTS", "-XX:+UseParallelGC"), "--version");
    assertEquals(0, collector.status(), collector.err());
    Run unknown = lanewise(Map.of("LANEWISE_JAVA_OPTS", "-XX:+NoSuchOption"), "--version");
    assertEquals(1, unknown.status());
    assertTrue(unknown.err().contains("NoSuchOption"), "the JVM's own message: " + unknown.err());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signalsReachTheProgram(String signal, int status) throws IOException, InterruptedException {
    // A shell that starts a job in the background lets it ignore SIGINT; env undoes that.
    List<String> command =
        with(
            List.of("/usr/bin/env", "--default-signal=INT", PROGRAM.toString()),
            "train",
            "--data",
            "builtin",
            "--train-rows",
            "100",
            "--epochs",
            "1000000");
    Process process =
        program(Map.of(), command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      assertTrue(out.readLine().startsWith("Epoch 1/"));
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      while (out.readLine() != null) {}
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
      assertEquals(status, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aTerminalIsRecognised() throws IOException, InterruptedException {
    // script runs a command in a terminal of its own.
    Run run =
        bash("script -qec \"$P train --data builtin --train-rows 20000 --epochs 3\" /dev/null");
    assertEquals(0, run.status(), run.out() + run.err());
    assertTrue(run.out().contains("\r"), "a line that changes in place");
    assertFalse(run.out().contains("incubator"), run.out());
  }

  @Test
  void streamsMayBeClosedOrFull() throws IOException, InterruptedException {
    Run closed = bash("\"$P\" --version 2>&-");
    assertEquals(0, closed.status());
    assertTrue(closed.out().startsWith("Lanewise "), closed.out());
    Run full = bash("\"$P\" --version > /dev/full");
    assertEquals(1, full.status());
    assertEquals(1, full.err().lines().count(), full.err());
    Run ended = bash("\"$P\" train --help | head -n 1; exit ${PIPESTATUS[0]}");
    assertTrue(ended.status() == 0 || ended.status() == 141, ended.toString());
    Run together = bash("\"$P\" train --data nowhere 2>&1 | cat");
    assertEquals(1, together.out().lines().count(), together.out());
  }

  @Test
  void linksSpacesAndOtherDirectories() throws IOException, InterruptedException {
    Path copy = directory.resolve("a b");
    Run run =
        bash(
            "cp -a \"$I\" '%s' && ln -s '%s/bin/lanewise' link && ln -s link other && ./other --version && cd '%s/bin' && ./lanewise --version && cd / && PATH='%s/bin':$PATH lanewise --version"
                .formatted(copy, copy, copy, copy));
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    assertEquals(3, run.out().lines().filter(line -> line.startsWith("Lanewise ")).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "de_DE.UTF-8", "ja_JP.eucJP", "nonsense"})
  void anyLocale(String locale) throws IOException, InterruptedException {
    Run run = lanewise(Map.of("LC_ALL", locale), "--version");
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
  }

  @Test
  void anArchiveOfClassesIsMadeAndUsed() throws Exception {
    Map<String, String> environment = Map.of("HOME", home.toString());
    Path cache = home.resolve(".cache/lanewise");
    Run first = lanewise(environment, "--version");
    assertEquals("", first.err());
    List<Path> made = List.of();
    for (int wait = 0; made.size() != 1 && wait < 600; wait++) {
      Thread.sleep(100);
      made = archives(cache);
    }
    assertEquals(1, made.size(), made.toString());
    Path archive = made.getFirst();
    assertTrue(archive.getFileName().toString().startsWith("other-"), archive.toString());
    FileTime time = Files.getLastModifiedTime(archive);
    assertEquals(first, lanewise(environment, "--version"));
    assertEquals(time, Files.getLastModifiedTime(archive), "made once");
    assertEquals(0, withArchiveOnly().status(), "it is used");
  }

  /** The JVM ends with an error if there is no archive that fits. */
  private Run withArchiveOnly() throws IOException, InterruptedException {
    return lanewise(Map.of("HOME", home.toString(), "JDK_JAVA_OPTIONS", "-Xshare:on"), "--version");
  }

  private static List<Path> archives(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> all = files.toList();
      // A list of classes and an unfinished archive lie there for a while.
      boolean complete = all.stream().allMatch(file -> file.toString().matches(".*-\\w{16}\\.jsa"));
      return complete ? all : List.of();
    }
  }

  @Test
  void nothingDependsOnTheArchive() throws Exception {
    Path cache = Files.createDirectories(home.resolve(".cache/lanewise"));
    String build = Files.readString(IMAGE.resolve("lib/lanewise/build")).substring(0, 16);
    Files.writeString(cache.resolve("other-%s.jsa".formatted(build)), "no archive");
    Run damaged = lanewise(Map.of("HOME", home.toString()), "--version");
    assertEquals(0, damaged.status());
    assertEquals("", damaged.err());
    assertTrue(damaged.out().startsWith("Lanewise "), damaged.out());
    assertEquals(1, withArchiveOnly().status());
    for (String place :
        List.of("/proc/no", "/dev/null", "relative", work.resolve("a b").toString())) {
      Run run = lanewise(Map.of("XDG_CACHE_HOME", place), "--version");
      assertEquals(damaged, run, place);
    }
    assertFalse(Files.exists(work.resolve("relative")));
  }

  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    String complete =
        "source \"$I/share/bash-completion/completions/lanewise\"; COMP_WORDS=(lanewise %s);"
            + " COMP_CWORD=%d; _complete_lanewise; printf '%%s\\n' \"${COMPREPLY[@]}\"";
    Run command = bash(complete.formatted("tr", 1));
    assertEquals(
        List.of("train"), command.out().lines().map(String::strip).toList(), command.err());
    Run value = bash(complete.formatted("train --recipe fa", 3));
    assertEquals(List.of("fast"), value.out().lines().map(String::strip).toList());
    Run option = bash(complete.formatted("train --label-s", 2));
    assertEquals(List.of("--label-smoothing"), option.out().lines().map(String::strip).toList());
  }

  @Test
  void eachCommandHasAManualPage() throws IOException {
    for (String command :
        List.of("", "-train", "-sweep", "-evaluate", "-predict", "-export", "-report", "-doctor")) {
      String page =
          Files.readString(IMAGE.resolve("share/man/man1/lanewise%s.1".formatted(command)));
      assertTrue(page.contains(".SH \"SYNOPSIS\""), command);
    }
    String train = Files.readString(IMAGE.resolve("share/man/man1/lanewise-train.1"));
    assertTrue(train.contains("label\\-smoothing"), train);
  }

  /** As documented, and no more: modules are most of the size. */
  @Test
  void theModulesAreThoseThatAreExplained() throws IOException, InterruptedException {
    Run run =
        run(
            Map.of(),
            List.of(IMAGE.resolve("lib/lanewise/java/bin/java").toString(), "--list-modules"));
    List<String> modules = run.out().lines().map(line -> line.replaceAll("@.*", "")).toList();
    String text = Files.readString(Path.of("src/docs/installing.md"));
    List<String> explained =
        text.lines()
            .filter(line -> line.matches("\\| `(java|jdk)\\..*"))
            .map(line -> line.split("`")[1])
            .sorted()
            .toList();
    assertEquals(modules.stream().sorted().toList(), explained);
  }

  @Test
  void theSizeIsSmall() throws IOException {
    long[] size = new long[1];
    Files.walkFileTree(
        IMAGE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    assertTrue(size[0] < 70_000_000, size[0] + " bytes");
  }

  @Test
  void theTarballHoldsTheImage() throws IOException, InterruptedException {
    Run run =
        bash(
            "mkdir t && tar -xzf '%s' -C t --strip-components=1 && cd t && find . ! -type d | sort && bin/lanewise --version >/dev/null"
                .formatted(TARBALL));
    assertEquals(0, run.status(), run.err());
    try (Stream<Path> files = Files.walk(IMAGE)) {
      String expected =
          files
              .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> "./" + IMAGE.relativize(file))
              .sorted()
              .collect(Collectors.joining("\n"));
      assertEquals(expected, run.out().lines().sorted().collect(Collectors.joining("\n")));
    }
  }

  @Test
  void theLicencesAreThere() throws IOException {
    assertTrue(
        Files.readString(IMAGE.resolve("share/doc/lanewise/LICENSE")).contains("Apache License"));
    try (InputStream legal =
        Files.newInputStream(IMAGE.resolve("lib/lanewise/java/legal/java.base/LICENSE"))) {
      assertTrue(new String(legal.readAllBytes()).contains("CLASSPATH"), "the JDK's licence");
    }
  }
}
