package lanewise.bench.compare;

import java.util.Map;
import java.util.TreeMap;

/**
 * One JMH benchmark to be run with one set of parameters.
 *
 * @param name of the measurement
 * @param method class and method, relative to lanewise.bench
 * @param params JMH's
 * @param lanes vector width; 0 for the CPU's preferred
 * @param seconds approximate duration of one operation if it is long; else 0
 */
record Item(String name, String method, Map<String, String> params, int lanes, double seconds) {
  Item {
    params = new TreeMap<>(params);
  }

  /** A pattern that matches only this method. */
  String include() {
    return "lanewise\\.bench\\." + method.replace(".", "\\.") + "$";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    params.values().forEach(value -> text.append(' ').append(value));
    return lanes == 0 ? text.toString() : text + " " + lanes + " lanes";
  }
}
