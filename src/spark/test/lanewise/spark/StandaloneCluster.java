package lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone Spark cluster of JVMs on this machine: a master and workers of one core each, on
 * which each program gets an executor, a JVM of its own. Everything listens on 127.0.0.1 and ends
 * when it is closed, at the latest with this JVM.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** For a JVM to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What only Lanewise and its tests need: a real cluster does not have it. */
  private static final List<String> NOT_OF_SPARK =
      List.of(
          "picocli",
          "commons-csv",
          "uplot",
          "junit",
          "opentest4j",
          "apiguardian",
          "jspecify",
          "jmh",
          "jopt-simple",
          "jackson-jr",
          "surefire");

  /**
   * What a program printed.
   *
   * @param status of its exit
   * @param output to standard output
   * @param errors to standard error
   */
  record Result(int status, String output, String errors) {}

  private final Path directory;
  private final Path home;
  private final int port;
  private final List<Process> workers = new ArrayList<>();
  private final Thread hook = new Thread(this::kill);
  private Process master;
  private int runs;

  private StandaloneCluster(Path directory) throws IOException {
    this.directory = directory;
    this.home = home(directory);
    this.port = freePort();
  }

  /**
   * Starts a cluster.
   *
   * @param directory for its files, empty; its logs stay there
   * @param workers how many
   */
  static StandaloneCluster start(Path directory, int workers)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(directory);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    try {
      cluster.start(workers);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void start(int count) throws IOException, InterruptedException {
    master =
        jvm(
                "master",
                "org.apache.spark.deploy.master.Master",
                List.of("--host", HOST, "--port", String.valueOf(port), "--webui-port", "0"))
            .start();
    awaitPort();
    for (int number = 1; number <= count; number++) {
      Path work = Files.createDirectories(directory.resolve("work" + number));
      workers.add(
          jvm(
                  "worker" + number,
                  "org.apache.spark.deploy.worker.Worker",
                  List.of(
                      "--host",
                      HOST,
                      "--webui-port",
                      "0",
                      "--cores",
                      "1",
                      "--memory",
                      "1g",
                      "--work-dir",
                      work.toString(),
                      master()))
              .start());
    }
  }

  /** The address for {@code --master}. */
  String master() {
    return "spark://%s:%d".formatted(HOST, port);
  }

  /** Spark's home as far as its scripts and workers need it. */
  private static Path home(Path directory) throws IOException {
    Path home = directory.resolve("home");
    Path jars = Files.createDirectories(home.resolve("jars"));
    Files.createFile(home.resolve("RELEASE"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar") && NOT_OF_SPARK.stream().noneMatch(name::contains)) {
        Files.createSymbolicLink(jars.resolve(name), jar.toAbsolutePath());
      }
    }
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(HOST, port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !master.isAlive()) {
          throw new IOException("the master does not listen: see " + directory, e);
        }
        Thread.sleep(100);
      }
    }
  }

  private ProcessBuilder jvm(String name, String mainClass, List<String> arguments) {
    return jvm(name, mainClass, arguments, "");
  }

  /**
   * @param classPath before Spark's jars, each entry with a colon after it
   */
  private ProcessBuilder jvm(
      String name, String mainClass, List<String> arguments, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", classPath + home.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                HOST,
                "SPARK_LOCAL_DIRS",
                directory.resolve("local").toString()));
    return builder
        .redirectOutput(directory.resolve(name + ".out").toFile())
        .redirectError(directory.resolve(name + ".err").toFile());
  }

  /** A program that was submitted. */
  final class Program {
    private final String name;
    private final Process process;

    private Program(String name, Process process) {
      this.name = name;
      this.process = process;
    }

    /** Whether it has not ended. */
    boolean isRunning() {
      return process.isAlive();
    }

    /** Asks its driver to end, as {@code kill} does. */
    void stop() {
      process.destroy();
    }

    /**
     * Waits for its end.
     *
     * @throws IOException if it does not end in time; it is killed then
     */
    Result await(Duration time) throws IOException, InterruptedException {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("%s has not ended in %s: see %s".formatted(name, time, directory));
      }
      return new Result(
          process.exitValue(),
          Files.readString(directory.resolve(name + ".out")),
          Files.readString(directory.resolve(name + ".err")));
    }
  }

  /**
   * Submits the program of a jar to all workers, as {@code spark-submit} does.
   *
   * @param jar that has it
   * @param mainClass the program
   * @param options of {@code spark-submit}, such as {@code --conf}
   * @param arguments of the program
   */
  Program submit(Path jar, String mainClass, List<String> options, List<String> arguments)
      throws IOException {
    return submit(jar, mainClass, options, arguments, "");
  }

  /**
   * Submits a public program that is not in a jar, but in a directory of classes.
   *
   * @param jar on which it depends
   * @param classes the directory
   * @param mainClass the program
   * @param options of {@code spark-submit}, such as {@code --conf}
   * @param arguments of the program
   */
  Program submit(
      Path jar, Path classes, String mainClass, List<String> options, List<String> arguments)
      throws IOException {
    // The program's class loader does not see the jar that Spark adds for it.
    String classPath = classes.toAbsolutePath() + ":" + jar.toAbsolutePath() + ":";
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--conf", "spark.executor.extraClassPath=" + classPath));
    return submit(jar, mainClass, all, arguments, classPath);
  }

  private Program submit(
      Path jar, String mainClass, List<String> options, List<String> arguments, String classPath)
      throws IOException {
    String name = "program" + ++runs;
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                master(),
                "--class",
                mainClass,
                "--executor-memory",
                "640m",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=" + HOST,
                "--conf",
                "spark.cores.max=" + workers.size(),
                // Begin when all executors are there.
                "--conf",
                "spark.scheduler.minRegisteredResourcesRatio=1.0",
                "--conf",
                "spark.scheduler.maxRegisteredResourcesWaitingTime=60s"));
    all.addAll(options);
    all.add(jar.toAbsolutePath().toString());
    all.addAll(arguments);
    return new Program(
        name, jvm(name, "org.apache.spark.deploy.SparkSubmit", all, classPath).start());
  }

  /** The executors that run: a worker starts no other processes. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.toHandle().children()).toList();
  }

  /** Kills one of the executors, which loses what it has computed; its worker starts another. */
  void killExecutor() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (executors().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no executor to kill: see " + directory);
      }
      Thread.sleep(50);
    }
    executors().getFirst().destroyForcibly();
  }

  private void kill() {
    List<ProcessHandle> all = new ArrayList<>(executors());
    workers.forEach(worker -> all.add(worker.toHandle()));
    if (master != null) {
      all.add(master.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends all JVMs of the cluster and waits until they have. */
  @Override
  public void close() {
    kill();
    try {
      for (Process worker : workers) {
        worker.waitFor(10, TimeUnit.SECONDS);
      }
      if (master != null) {
        master.waitFor(10, TimeUnit.SECONDS);
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
