package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path directory;

  @Test
  void theCpuIsNamedByItsModel() throws IOException {
    Path file = directory.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel\t\t: 7\nmodel name\t: Quick CPU @ 3 GHz\n");
    assertEquals("Quick CPU @ 3 GHz", Machine.cpuName(file));
  }

  @Test
  void otherwiseItIsNamedByItsArchitecture() throws IOException {
    Path file = directory.resolve("cpuinfo");
    assertEquals(System.getProperty("os.arch"), Machine.cpuName(file));
    Files.writeString(file, "processor\t: 0\nmodel name\t:\nmodel name\n");
    assertEquals(System.getProperty("os.arch"), Machine.cpuName(file));
  }

  @Test
  void describesThisMachine() {
    Machine here = Machine.here();
    assertTrue(here.jvm().contains(Runtime.version().toString()), here.jvm());
    assertEquals(Runtime.getRuntime().availableProcessors(), here.cores());
  }

  @Test
  void theBuildHasWrittenItsVersion() {
    assertTrue(Version.text().matches("\\d+\\.\\d+\\.\\d+.*"), Version.text());
  }
}
