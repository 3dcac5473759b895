package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runnable jar's entry point, on this Java and on an older one. */
@Timeout(60)
class LauncherTest {
  private static final int JAVA_8 = 52;

  @Test
  void anyJavaCanLoadTheLauncher() throws IOException {
    assertEquals(JAVA_8, classFileVersion(Launcher.class));
  }

  @Test
  void theCommandLineRunsAsWithoutTheLauncher() throws IOException, InterruptedException {
    for (String argument : List.of("--version", "nonsense")) {
      assertEquals(
          TestJvm.run(TestJvm.VECTORS, Main.class, argument),
          TestJvm.run(TestJvm.VECTORS, Launcher.class, argument));
    }
  }

  @Test
  void anOlderJavaSaysWhatIsNeeded() throws IOException, InterruptedException {
    // Any JVM older than the class files will do; the one that runs Maven may be.
    Path home = Path.of(System.getProperty("lanewise.maven.java", ""));
    Path release = home.resolve("release");
    assumeTrue(Files.exists(release), "Maven's JVM is unknown");
    String version =
        Files.readAllLines(release).stream()
            .filter(line -> line.startsWith("JAVA_VERSION="))
            .map(line -> line.replaceAll("[^0-9.]", ""))
            .findFirst()
            .orElse("");
    int needed = classFileVersion(Main.class) - JAVA_8 + 8;
    assumeTrue(
        version.startsWith("1.") || Integer.parseInt(version.split("\\.")[0]) < needed,
        "Maven's JVM, Java " + version + ", is not older than " + needed);

    Process process =
        new ProcessBuilder(
                home.resolve("bin").resolve("java").toString(),
                "-cp",
                Path.of("target", "classes").toString(),
                "lanewise.Launcher",
                "--version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(1, process.waitFor(), output);
    assertEquals(1, output.lines().count(), output);
    assertTrue(
        output.startsWith(
            "lanewise: Java %d or newer is required; this is Java %s".formatted(needed, version)),
        output);
  }

  private static int classFileVersion(Class<?> type) throws IOException {
    try (InputStream in =
            Launcher.class.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class");
        DataInputStream data = new DataInputStream(in)) {
      data.skipNBytes(6); // Magic number and minor version.
      return data.readUnsignedShort();
    }
  }
}
