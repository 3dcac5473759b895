package lanewise.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that a run ran on.
 *
 * @param jvm name and version of the virtual machine
 * @param os name and version of the operating system
 * @param cpu model name if the system provides it, else the architecture
 * @param cores available to the virtual machine
 */
public record Machine(String jvm, String os, String cpu, int cores) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** This machine. */
  public static Machine here() {
    return new Machine(
        jvmName(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        cpuName(CPU_INFO),
        Runtime.getRuntime().availableProcessors());
  }

  /** Name and version of this virtual machine. */
  public static String jvmName() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  static String cpuName(Path cpuInfo) {
    List<String> lines;
    try {
      lines = Files.readAllLines(cpuInfo);
    } catch (IOException e) {
      lines = List.of(); // Only Linux has the file, and not everywhere.
    }
    return lines.stream()
        .filter(line -> line.startsWith(MODEL) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
