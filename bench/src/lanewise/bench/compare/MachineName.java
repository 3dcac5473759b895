package lanewise.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names the result files of a machine by its microarchitecture: vendor, family and model of the
 * CPU. Marketing names, and the names that clouds report, may cover several generations.
 */
final class MachineName {
  private static final Map<String, String> VENDORS =
      Map.of("AuthenticAMD", "amd", "GenuineIntel", "intel");

  private MachineName() {}

  /** Returns the name of this machine, such as {@code amd-family-25-model-17-2-cores}. */
  static String here() {
    return of(Path.of("/proc/cpuinfo"), Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param cpuInfo in Linux's format for x86; the architecture is used if fields are missing
   */
  static String of(Path cpuInfo, int cores) {
    List<String> lines;
    try {
      lines = Files.readAllLines(cpuInfo);
    } catch (IOException e) {
      lines = List.of(); // Only Linux has the file.
    }
    Map<String, String> cpu =
        lines.stream()
            .filter(line -> line.contains(":"))
            .map(line -> line.split(":", 2))
            .collect(
                Collectors.toMap(
                    part -> part[0].strip(), part -> part[1].strip(), (first, other) -> first));
    String vendor = cpu.get("vendor_id");
    String family = cpu.get("cpu family");
    String model = cpu.get("model");
    String name =
        vendor == null || family == null || model == null
            ? System.getProperty("os.arch")
            : VENDORS.getOrDefault(vendor, vendor) + " family " + family + " model " + model;
    String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-%d-cores".formatted(words, cores);
  }
}
