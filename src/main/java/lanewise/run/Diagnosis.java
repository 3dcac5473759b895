package lanewise.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lanewise.nn.Engine;

/**
 * Finds out what slows training down on a machine: the engine, the JVM, limits of a container, the
 * power plan, other programs. Linux tells most of it in files; elsewhere less is found.
 *
 * @param system where the files of the system are, {@code /} but for tests
 * @param jvm the virtual machine
 */
public record Diagnosis(Path system, Jvm jvm) {
  /** The least GFLOP/s of a healthy thread per lane: half a multiply-add a cycle at 2 GHz. */
  private static final double HEALTHY_GFLOPS_PER_LANE = 2;

  /** How much of the speed of one thread each of several should keep. */
  private static final double HEALTHY_SHARE = 0.7;

  /** Load beyond this is another program, not the noise of an idle system. */
  private static final double BUSY_LOAD = 0.5;

  /** MNIST, trained and with its page, fits into such a heap with some room. */
  private static final long ENOUGH_MEGABYTES = 128;

  private static final int LANE_BITS = Float.SIZE;

  /**
   * The virtual machine.
   *
   * @param name for example OpenJDK 64-Bit Server VM
   * @param mode how it compiles, for example "mixed mode, sharing"
   * @param heapMegabytes the most that its heap may take
   * @param processors how many it may use
   * @param lanes of the best engine, 1 if that is scalar
   * @param simdMissing why there is no SIMD engine
   */
  public record Jvm(
      String name,
      String mode,
      long heapMegabytes,
      int processors,
      int lanes,
      Optional<String> simdMissing) {
    /** This one. */
    public static Jvm here() {
      Runtime runtime = Runtime.getRuntime();
      return new Jvm(
          System.getProperty("java.vm.name"),
          System.getProperty("java.vm.info", ""),
          runtime.maxMemory() >> 20,
          runtime.availableProcessors(),
          Engine.AUTO.lanes(),
          Engine.simdUnavailableReason());
    }
  }

  /** Of this machine. */
  public static Diagnosis here() {
    return new Diagnosis(Path.of("/"), Jvm.here());
  }

  /** What the best engine works with, for example "16 lanes of 32 bits, fused multiply-add". */
  public String vectors() {
    return jvm.lanes == 1
        ? "none"
        : "%d bits, %d floats at a time, fused multiply-add"
            .formatted(jvm.lanes * LANE_BITS, jvm.lanes);
  }

  /** Why the best engine is what it is. */
  public String reason() {
    return jvm.simdMissing.orElse(
        "this JVM has the Vector API and compiles fused multiply-add to one instruction");
  }

  /** How many processors there are for this process, and in the machine. */
  public String processors() {
    int machine =
        (int) lines("proc/cpuinfo").stream().filter(l -> l.startsWith("processor")).count();
    String usable = "%d, as many as this process has processors".formatted(jvm.processors);
    return machine > jvm.processors ? "%s, of %d".formatted(usable, machine) : usable;
  }

  /**
   * Says what is wrong and what to do, a sentence each; nothing if all is well.
   *
   * @param speed measured here
   */
  public List<String> advice(Speed speed) {
    List<String> advice = new ArrayList<>();
    jvm.simdMissing.ifPresent(why -> advice.add("The scalar engine runs: " + why + "."));
    compiler().ifPresent(advice::add);
    narrow().ifPresent(advice::add);
    quota().ifPresent(advice::add);
    memory().ifPresent(advice::add);
    powerPlan().ifPresent(advice::add);
    battery().ifPresent(advice::add);
    boolean crowded = speed.together() < HEALTHY_SHARE * speed.threads() * speed.alone();
    double healthy = HEALTHY_GFLOPS_PER_LANE * jvm.lanes;
    boolean slow = speed.alone() < healthy;
    if (crowded || slow) {
      load().ifPresent(advice::add);
    }
    if (advice.isEmpty() && crowded) {
      advice.add(
          String.format(
              Locale.ROOT,
              "%d threads are only %.1f times as fast as one: other programs or machines use the same"
                  + " cores, or two threads share a core (try --threads %d).",
              speed.threads(),
              speed.together() / speed.alone(),
              (speed.threads() + 1) / 2));
    }
    if (advice.isEmpty() && slow) {
      advice.add(
          ("That is slow for %d lanes, where %.0f GFLOP/s and more are usual: look for a limit of the"
                  + " CPU's power or temperature, and for other programs or machines on it.")
              .formatted(jvm.lanes, healthy));
    }
    return advice;
  }

  private Optional<String> compiler() {
    if (jvm.mode.contains("interpreted")) {
      return Optional.of("The JVM only interprets: leave out -Xint.");
    }
    if (jvm.mode.contains("emulated-client")) {
      return Optional.of(
          "The JVM leaves out its optimizing compiler: leave out -XX:TieredStopAtLevel.");
    }
    if (!jvm.name.contains("HotSpot") && !jvm.name.startsWith("OpenJDK")) {
      return Optional.of(
          "The engine is made for the C2 compiler of OpenJDK's HotSpot: compare this JVM with one of"
              + " those, for example Eclipse Temurin.");
    }
    return Optional.empty();
  }

  private Optional<String> narrow() {
    if (jvm.lanes == 1) {
      return Optional.empty();
    }
    List<String> flags =
        lines("proc/cpuinfo").stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> Arrays.asList(line.split("\\s+")))
            .orElse(List.of());
    int widest = flags.contains("avx512dq") ? 16 : flags.contains("avx2") ? 8 : jvm.lanes;
    if (widest <= jvm.lanes) {
      return Optional.empty();
    }
    return Optional.of(
        "The CPU has %d lanes, this JVM uses %d: try -XX:UseAVX=%d, or leave out the option that limits them."
            .formatted(widest, jvm.lanes, widest == 16 ? 3 : 2));
  }

  /** A limit of processor time that is no whole number of them; the JVM rounds it up. */
  private Optional<String> quota() {
    OptionalDouble limit = cpuLimit();
    if (limit.isEmpty() || limit.getAsDouble() >= jvm.processors) {
      return Optional.empty();
    }
    int threads = (int) Math.max(1, Math.floor(limit.getAsDouble()));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The container may use %.2f CPUs, and its threads are stopped when they exceed that: raise"
                + " the limit%s.",
            limit.getAsDouble(),
            threads < jvm.processors ? ", or use --threads " + threads : ""));
  }

  /** Of the process's own control group, or of the one that a container shows as the root. */
  private OptionalDouble cpuLimit() {
    List<String> groups = new ArrayList<>();
    for (String line : lines("proc/self/cgroup")) {
      String[] parts = line.split(":", 3); // Number, controllers, path.
      if (parts.length == 3
          && (parts[1].isEmpty() || List.of(parts[1].split(",")).contains("cpu"))) {
        groups.add(parts[2]);
      }
    }
    groups.add("/");
    Path root = system.resolve("sys/fs/cgroup");
    for (String group : groups) {
      String[] limit = first(root.resolve(group.substring(1)).resolve("cpu.max")).split(" ");
      Path old = root.resolve("cpu").resolve(group.substring(1));
      OptionalDouble cpus =
          limit.length == 2
              ? ratio(limit[0], limit[1])
              : ratio(
                  first(old.resolve("cpu.cfs_quota_us")), first(old.resolve("cpu.cfs_period_us")));
      if (cpus.isPresent()) {
        return cpus;
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble ratio(String quota, String period) {
    try {
      double limit = Double.parseDouble(quota) / Double.parseDouble(period);
      return limit > 0 ? OptionalDouble.of(limit) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private Optional<String> memory() {
    if (jvm.heapMegabytes >= ENOUGH_MEGABYTES) {
      return Optional.empty();
    }
    return Optional.of(
        "The heap may take %d MB, MNIST needs %d: give the container more memory, or the JVM a larger share of it (-Xmx%dm)."
            .formatted(jvm.heapMegabytes, ENOUGH_MEGABYTES, ENOUGH_MEGABYTES));
  }

  private Optional<String> powerPlan() {
    Path plan = system.resolve("sys/devices/system/cpu/cpu0/cpufreq");
    String preference = first(plan.resolve("energy_performance_preference"));
    // With such a preference, a driver that manages itself calls its normal plan powersave.
    String name = preference.isEmpty() ? first(plan.resolve("scaling_governor")) : preference;
    if (!List.of("powersave", "power", "conservative").contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "The CPU saves power (its plan is '%s'): choose the power plan 'performance' or 'balanced'."
            .formatted(name));
  }

  private Optional<String> battery() {
    boolean mains = false;
    boolean plugged = false;
    try (DirectoryStream<Path> supplies =
        Files.newDirectoryStream(system.resolve("sys/class/power_supply"))) {
      for (Path supply : supplies) {
        if (first(supply.resolve("type")).equals("Mains")) {
          mains = true;
          plugged |= first(supply.resolve("online")).equals("1");
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // Not on Linux, or not a laptop.
    }
    return mains && !plugged
        ? Optional.of("The machine runs on its battery: plug it in.")
        : Optional.empty();
  }

  /** The average of a minute, so it may tell of what has just ended. */
  private Optional<String> load() {
    try {
      double load = Double.parseDouble(first(system.resolve("proc/loadavg")).split(" ")[0]);
      return load > BUSY_LOAD
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "Other programs are running (load average %.1f): end them, or use fewer threads.",
                  load))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private List<String> lines(String file) {
    return lines(system.resolve(file));
  }

  private static String first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  /** The lines of a file of the system; none if there is no such file. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
