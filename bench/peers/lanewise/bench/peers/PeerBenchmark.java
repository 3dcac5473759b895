package lanewise.bench.peers;

import lanewise.bench.BenchmarkDefaults;
import org.openjdk.jmh.annotations.Fork;

/** Settings of benchmarks of other libraries, which may call native code. */
@Fork(
    value = 3,
    jvmArgs = {
      "-Xms1g",
      "-Xmx1g",
      "--add-modules",
      "jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED"
    })
public abstract class PeerBenchmark extends BenchmarkDefaults {}
