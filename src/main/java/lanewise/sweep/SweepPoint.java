package lanewise.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.StringJoiner;
import lanewise.run.ShellCommand;

/**
 * One run of a sweep, as words that mean the same on any machine.
 *
 * @param number from 1, in the order of the grid
 * @param names of the grid's options
 * @param values of the grid's options, one for each name
 * @param options of {@code train} that make this run, those of the whole sweep included, one word
 *     each
 */
public record SweepPoint(int number, List<String> names, List<String> values, List<String> options)
    implements Serializable {
  public SweepPoint {
    names = List.copyOf(names);
    values = List.copyOf(values);
    options = List.copyOf(options);
    if (names.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d names and %d values".formatted(names.size(), values.size()));
    }
  }

  /** The command that repeats this run alone, for a POSIX shell. */
  public String command() {
    return ShellCommand.train(options);
  }

  /** What sets this run apart: {@code lr 0.1, seed 3}. */
  public String settings() {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < names.size(); i++) {
      text.add(names.get(i) + " " + values.get(i));
    }
    return text.toString();
  }
}
