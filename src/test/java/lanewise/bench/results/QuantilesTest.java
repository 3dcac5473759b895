package lanewise.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Percentiles and ratios. */
class QuantilesTest {
  @Test
  void percentiles() {
    List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
    assertEquals(2.5, Quantiles.median(values));
    assertEquals(1, Quantiles.at(0, values));
    assertEquals(4, Quantiles.at(1, values));
    assertEquals(1.3, Quantiles.at(0.1, values), 1e-12);
    assertEquals(7, Quantiles.at(0.9, List.of(7.0)));
    assertThrows(IllegalArgumentException.class, () -> Quantiles.median(List.of()));
  }

  @Test
  void ratiosAreOfTheSameRounds() {
    // The machine is half as fast in the second round: the ratio stays.
    Measurement a = rates(List.of(List.of(10.0, 5.0), List.of(10.0)));
    Measurement b = rates(List.of(List.of(20.0, 10.0, 1.0), List.of(20.0)));
    Ratio ratio = Ratio.of(a, b);
    assertEquals("0.50 [0.50..0.50]", ratio.toString());
    assertTrue(ratio.loses());
    assertFalse(ratio.level());
    assertTrue(Ratio.of(a, a).level());
  }

  private static Measurement rates(List<List<Double>> samples) {
    return new Measurement("x", Map.of(), Measurement.RATE, 1, 1, 0, samples);
  }
}
