package lanewise.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import lanewise.nn.Engine;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static Optional<Thread> thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("warm-up"))
        .findFirst();
  }

  @Test
  void endsSoonAfterItIsStopped() throws Exception {
    WarmUp warmUp = WarmUp.start(Engine.SIMD);
    Thread thread = thread().orElseThrow();
    assertTrue(thread.isDaemon());
    assertFalse(thread.join(Duration.ofMillis(300)), "it goes on");
    warmUp.stop();
    assertTrue(thread.join(Duration.ofSeconds(30)));
  }

  @Test
  void theScalarEngineNeedsNone() {
    WarmUp.start(Engine.SCALAR).stop();
    assertEquals(Optional.empty(), thread());
  }
}
