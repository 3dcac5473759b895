package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each cause of slowness, from the files in which a system tells of it. */
class DiagnosisTest {
  private static final Diagnosis.Jvm JVM =
      new Diagnosis.Jvm("OpenJDK 64-Bit Server VM", "mixed mode", 4000, 4, 16, Optional.empty());
  private static final Speed FAST = new Speed(4, 100, 390);

  @TempDir private Path system;

  private void write(String file, String... lines) throws IOException {
    Path path = system.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private List<String> advice(Diagnosis.Jvm jvm, Speed speed) {
    return new Diagnosis(system, jvm).advice(speed);
  }

  /** Checks that there is one piece of advice, with all of these words. */
  private void expect(Diagnosis.Jvm jvm, Speed speed, String... words) {
    List<String> advice = advice(jvm, speed);
    assertEquals(1, advice.size(), advice.toString());
    for (String word : words) {
      assertTrue(advice.getFirst().contains(word), advice.toString());
    }
  }

  @Test
  void aHealthyMachineNeedsNoAdvice() throws IOException {
    write("proc/cpuinfo", "processor\t: 0", "flags\t\t: fma avx2 avx512f avx512dq");
    write("proc/self/cgroup", "0::/");
    write("sys/fs/cgroup/cpu.max", "max 100000");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
    write("sys/class/power_supply/AC/type", "Mains");
    write("sys/class/power_supply/AC/online", "1");
    write("proc/loadavg", "3.90 2.00 1.00 5/300 1234"); // What it has just done itself.
    assertEquals(List.of(), advice(JVM, FAST));
  }

  @Test
  void nothingIsKnownOfASystemWithoutSuchFiles() {
    assertEquals(List.of(), advice(JVM, FAST));
    assertEquals(
        "4, as many as this process has processors", new Diagnosis(system, JVM).processors());
  }

  @Test
  void theReasonForTheScalarEngine() {
    Diagnosis.Jvm scalar =
        new Diagnosis.Jvm("OpenJDK 64-Bit Server VM", "mixed mode", 4000, 4, 1, Optional.of("why"));
    expect(scalar, new Speed(4, 6, 24), "The scalar engine runs: why.");
    assertEquals("none", new Diagnosis(system, scalar).vectors());
    assertEquals("why", new Diagnosis(system, scalar).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, interpreted mode, -Xint",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client, sharing', -XX:TieredStopAtLevel",
    "Eclipse OpenJ9 VM, JIT enabled, HotSpot",
  })
  void aJvmWithoutC2(String name, String mode, String word) {
    expect(new Diagnosis.Jvm(name, mode, 4000, 4, 16, Optional.empty()), FAST, word);
  }

  @Test
  void aJvmThatUsesNotAllOfTheVectors() throws IOException {
    write("proc/cpuinfo", "processor\t: 0", "flags\t\t: fma avx2 avx512f avx512dq");
    Diagnosis.Jvm narrow =
        new Diagnosis.Jvm("OpenJDK 64-Bit Server VM", "mixed mode", 4000, 4, 8, Optional.empty());
    expect(narrow, FAST, "16 lanes", "uses 8", "-XX:UseAVX=3");
    assertEquals(
        "256 bits, 8 floats at a time, fused multiply-add",
        new Diagnosis(system, narrow).vectors());
  }

  @Test
  void aFractionOfAProcessor() throws IOException {
    write("sys/fs/cgroup/cpu.max", "350000 100000");
    expect(JVM, FAST, "3.50 CPUs", "--threads 3");
  }

  @Test
  void theLimitOfAControlGroupOfItsOwn() throws IOException {
    write("proc/self/cgroup", "0::/system.slice/a");
    write("sys/fs/cgroup/system.slice/a/cpu.max", "50000 100000");
    expect(JVM, FAST, "0.50 CPUs", "--threads 1");
  }

  @Test
  void theOlderFormOfThatLimit() throws IOException {
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "150000");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    expect(JVM, FAST, "1.50 CPUs", "--threads 1");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
    assertEquals(List.of(), advice(JVM, FAST));
    write("proc/self/cgroup", "5:memory:/a", "4:cpu,cpuacct:/a/b");
    write("sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us", "250000");
    write("sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us", "100000");
    expect(JVM, FAST, "2.50 CPUs", "--threads 2");
  }

  @Test
  void someOfTheProcessors() throws IOException {
    write(
        "proc/cpuinfo",
        "processor\t: 0",
        "processor\t: 1",
        "flags: avx2",
        "processor\t: 2",
        "processor\t: 3",
        "processor\t: 4");
    assertEquals(
        "4, as many as this process has processors, of 5", new Diagnosis(system, JVM).processors());
  }

  @Test
  void littleMemory() {
    expect(
        new Diagnosis.Jvm("OpenJDK 64-Bit Server VM", "mixed mode", 120, 4, 16, Optional.empty()),
        FAST,
        "120 MB",
        "-Xmx128m");
  }

  @Test
  void aPowerPlanThatSaves() throws IOException {
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
    expect(JVM, FAST, "'powersave'", "'performance'");
    // A driver that manages itself calls its normal governor that.
    write(
        "sys/devices/system/cpu/cpu0/cpufreq/energy_performance_preference", "balance_performance");
    assertEquals(List.of(), advice(JVM, FAST));
    write("sys/devices/system/cpu/cpu0/cpufreq/energy_performance_preference", "power");
    expect(JVM, FAST, "'power'");
  }

  @Test
  void aBattery() throws IOException {
    write("sys/class/power_supply/BAT0/type", "Battery");
    assertEquals(List.of(), advice(JVM, FAST), "a battery, but no socket: not a laptop");
    write("sys/class/power_supply/AC/type", "Mains");
    write("sys/class/power_supply/AC/online", "0");
    expect(JVM, FAST, "battery");
  }

  @Test
  void otherProgramsWhereItIsSlow() throws IOException {
    write("proc/loadavg", "3.90 2.00 1.00 5/300 1234");
    expect(JVM, new Speed(4, 100, 200), "load average 3.9");
    expect(JVM, new Speed(4, 20, 80), "load average 3.9");
  }

  @Test
  void threadsThatShareCores() {
    expect(JVM, new Speed(4, 100, 200), "only 2.0 times as fast", "--threads 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.00 0.00 0.00 1/100 9", "", "not a number"})
  void slowWithoutAKnownCause(String load) throws IOException {
    write("proc/loadavg", load);
    expect(JVM, new Speed(4, 20, 80), "slow for 16 lanes", "32 GFLOP/s");
  }

  @Test
  void theSpeedIsThatOfAPrediction() {
    Speed speed = Speed.measure(2);
    assertEquals(2, speed.threads());
    assertTrue(speed.alone() > 0.1 && speed.alone() < 1000, speed.toString());
    assertTrue(speed.together() > 0.1 && speed.together() < 2000, speed.toString());
  }
}
