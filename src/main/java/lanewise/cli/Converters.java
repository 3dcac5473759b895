package lanewise.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Readers of option values whose complaints say what is allowed. */
final class Converters {
  private Converters() {}

  /** A whole number between two others. */
  private abstract static class Whole {
    private final long lowest;
    private final long highest;

    Whole(long lowest, long highest) {
      this.lowest = lowest;
      this.highest = highest;
    }

    long parse(String text) {
      try {
        long number = Long.parseLong(text);
        if (number >= lowest && number <= highest) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for numbers out of range.
      }
      throw new TypeConversionException(
          "'%s' is not a whole number from %d to %d".formatted(text, lowest, highest));
    }
  }

  /** 1, 2, 3, ... */
  static final class Positive extends Whole implements ITypeConverter<Integer> {
    Positive() {
      super(1, Integer.MAX_VALUE);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** 0, 1, 2, ... */
  static final class NotNegative extends Whole implements ITypeConverter<Integer> {
    NotNegative() {
      super(0, Integer.MAX_VALUE);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** As many threads as a crew may have. */
  static final class Threads extends Whole implements ITypeConverter<Integer> {
    static final int MOST = 1024;

    Threads() {
      super(1, MOST);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** 32 bits without a sign. */
  static final class Seed extends Whole implements ITypeConverter<Long> {
    Seed() {
      super(0, 0xffffffffL);
    }

    @Override
    public Long convert(String text) {
      return parse(text);
    }
  }

  /** A finite number that is not negative. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double number = new BigDecimal(text).doubleValue();
        if (number >= 0 && number < Double.POSITIVE_INFINITY) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for numbers out of range.
      }
      throw new TypeConversionException(
          "'%s' is not a number of at least 0 such as 0.008 or 1e-3".formatted(text));
    }
  }

  /** The name of a file. */
  static final class FileName implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("'%s' is not the name of a file".formatted(text));
      }
      return Path.of(text);
    }
  }

  /** One of the engines. */
  static final class EngineName implements ITypeConverter<Engine> {
    @Override
    public Engine convert(String text) {
      return Arrays.stream(Engine.values())
          .filter(engine -> engine.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException("'%s' is not auto, simd or scalar".formatted(text)));
    }
  }

  /** The hidden layers' sizes. */
  record Hidden(List<Integer> sizes) {}

  /** Sizes with commas between, or {@code none}. */
  static final class HiddenSizes extends Whole implements ITypeConverter<Hidden> {
    private static final String NONE = "none";

    HiddenSizes() {
      super(1, Integer.MAX_VALUE);
    }

    @Override
    public Hidden convert(String text) {
      if (text.equals(NONE)) {
        return new Hidden(Collections.emptyList());
      }
      try {
        return new Hidden(
            Arrays.stream(text.split(",", -1)).map(size -> (int) parse(size)).toList());
      } catch (TypeConversionException e) {
        throw new TypeConversionException(
            "'%s' is not none or whole numbers of at least 1 such as 256,128".formatted(text));
      }
    }
  }
}
