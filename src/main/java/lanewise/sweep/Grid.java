package lanewise.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.io.Text;
import lanewise.run.RunException;

/**
 * The values of some options and, as its points, all combinations of them: {@code
 * lr=0.1|0.03;hidden=256,128|128;seed=1..5}. The last option changes fastest.
 *
 * @param axes the options, at least one, each with its values
 */
public record Grid(List<Axis> axes) {
  /** The largest number of points. */
  public static final int MAX_POINTS = 100_000;

  private static final String EXPECTED = "expected NAME=VALUE|VALUE such as lr=0.1|0.03";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})\\.\\.([0-9]{1,18})");

  /**
   * An option and its values.
   *
   * @param name without dashes
   * @param values all different, none empty; at least one
   */
  public record Axis(String name, List<String> values) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  public Grid {
    axes = List.copyOf(axes);
  }

  /**
   * Parses a grid.
   *
   * @param text options separated by semicolons, values by bars; {@code a..b} is the range of whole
   *     numbers from a to b; spaces around names and values do not count
   * @throws RunException if it is not a grid, repeats an option or a value, or has more than {@link
   *     #MAX_POINTS} points; the message quotes the place
   */
  public static Grid parse(String text) throws RunException {
    List<Axis> axes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long size = 1;
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw wrong("%s has no values, %s", Text.quote(part.strip()), EXPECTED);
      }
      String name = part.substring(0, equals).strip();
      if (!NAME.matcher(name).matches()) {
        throw wrong(
            "%s is not the name of an option%s",
            Text.quote(name), name.startsWith("-") ? ": leave out the dashes" : ", " + EXPECTED);
      }
      if (!names.add(name)) {
        throw wrong("%s is there twice: join its values by |", name);
      }
      Axis axis = new Axis(name, values(name, part.substring(equals + 1)));
      size *= axis.values().size();
      checkSize(size);
      axes.add(axis);
    }
    return new Grid(axes);
  }

  private static List<String> values(String name, String text) throws RunException {
    Set<String> values = new LinkedHashSet<>();
    for (String part : text.split("\\|", -1)) {
      String value = part.strip();
      if (value.isEmpty()) {
        throw wrong("%s has an empty value in %s", name, Text.quote(name + "=" + text.strip()));
      }
      Matcher range = RANGE.matcher(value);
      if (!range.matches()) {
        add(values, name, value);
        continue;
      }
      long first = Long.parseLong(range.group(1));
      long last = Long.parseLong(range.group(2));
      if (first > last) {
        throw wrong("the range %s=%s ends before it begins", name, value);
      }
      checkSize(last - first + 1);
      for (long number = first; number <= last; number++) {
        add(values, name, Long.toString(number));
      }
    }
    return List.copyOf(values);
  }

  private static void add(Set<String> values, String name, String value) throws RunException {
    if (!values.add(value)) {
      throw wrong("%s has the value %s twice", name, Text.quote(value));
    }
  }

  private static void checkSize(long size) throws RunException {
    if (size > MAX_POINTS) {
      throw wrong("more than %,d points", MAX_POINTS);
    }
  }

  private static RunException wrong(String message, Object... args) {
    return new RunException("--grid: " + String.format(Locale.ROOT, message, args));
  }

  /** The names of the options. */
  public List<String> names() {
    return axes.stream().map(Axis::name).toList();
  }

  /** The number of points, 1 to {@link #MAX_POINTS}. */
  public int size() {
    return axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
  }

  /**
   * The values of a point, one for each option.
   *
   * @param point from 0 to the size - 1
   */
  public List<String> values(int point) {
    if (point < 0 || point >= size()) {
      throw new IllegalArgumentException("no point %d in a grid of %d".formatted(point, size()));
    }
    String[] values = new String[axes.size()];
    int rest = point;
    for (int i = values.length - 1; i >= 0; i--) {
      List<String> choices = axes.get(i).values();
      values[i] = choices.get(rest % choices.size());
      rest /= choices.size();
    }
    return List.of(values);
  }
}
