package lanewise.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineNameTest {
  @TempDir private Path directory;

  @Test
  void generationsWithTheSameMarketingNameHaveDifferentNames() throws IOException {
    String zen4 =
        """
        processor\t: 0
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        model\t\t: 17
        model name\t: AMD EPYC

        processor\t: 1
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        model\t\t: 17
        """;
    assertEquals("amd-family-25-model-17-2-cores", name(zen4, 2));
    String zen5 = zen4.replace(": 25", ": 26").replace(": 17", ": 2");
    assertEquals("amd-family-26-model-2-2-cores", name(zen5, 2));
  }

  @Test
  void vendorsWithoutAShortNameKeepTheirFullName() throws IOException {
    assertEquals(
        "intel-family-6-model-207-8-cores",
        name("vendor_id : GenuineIntel\ncpu family : 6\nmodel : 207\n", 8));
    assertEquals(
        "hygongenuine-family-24-model-1-4-cores",
        name("vendor_id : HygonGenuine\ncpu family : 24\nmodel : 1\n", 4));
  }

  @Test
  void otherSystemsAreNamedByTheirArchitecture() throws IOException {
    String architecture = System.getProperty("os.arch").replace('_', '-');
    assertEquals(architecture + "-4-cores", name("CPU implementer : 0x41\nCPU part : 0xd0c\n", 4));
    assertEquals(architecture + "-1-cores", MachineName.of(directory.resolve("none"), 1));
  }

  private String name(String cpuInfo, int cores) throws IOException {
    return MachineName.of(Files.writeString(directory.resolve("cpuinfo"), cpuInfo), cores);
  }
}
