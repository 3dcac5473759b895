package lanewise.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs every fuzz target on past findings, on valid inputs, and on damaged copies of both. */
class CorpusTest {
  private static final Path INPUTS = Path.of("src/test/resources/lanewise/fuzz");

  /** Far more than any input takes on a slow machine. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int MUTANTS = 200;

  @ParameterizedTest
  @EnumSource
  void handlesEveryStoredInput(FuzzTargets target) throws IOException {
    List<Path> files = inputs(target);
    for (Path file : files) {
      check(target, file.toString(), Files.readAllBytes(file));
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlesDamagedInputs(FuzzTargets target) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    for (Path file : inputs(target)) {
      inputs.add(Files.readAllBytes(file));
    }
    for (int seed = 0; seed < MUTANTS; seed++) {
      Random random = new Random(seed);
      byte[] input = mutate(inputs.get(random.nextInt(inputs.size())), random);
      check(target, "seed " + seed, input);
    }
  }

  private static void check(FuzzTargets target, String name, byte[] input) {
    try {
      assertTimeoutPreemptively(LIMIT, () -> target.run(input));
    } catch (Throwable e) {
      String hex = HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(500, input.length)));
      throw new AssertionError("%s, %s: %s".formatted(target.id(), name, hex), e);
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          int from = random.nextInt(bytes.length);
          int count = Math.min(random.nextInt(8), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, count);
        }
      }
    }
    return bytes;
  }

  private static List<Path> inputs(FuzzTargets target) throws IOException {
    try (Stream<Path> files = Files.list(INPUTS.resolve(target.id()))) {
      List<Path> sorted = files.sorted().toList();
      assertFalse(sorted.isEmpty(), target.id());
      return sorted;
    }
  }
}
