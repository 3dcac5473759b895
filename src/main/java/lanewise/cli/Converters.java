package lanewise.cli;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import lanewise.io.FileNames;
import lanewise.nn.Engine;
import lanewise.run.Recipe;
import lanewise.run.Session;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parsers of option values, with messages that say which values are allowed. */
final class Converters {
  private Converters() {}

  /** An integer in a range. */
  private abstract static class Range {
    private final long min;
    private final long max;

    Range(long min, long max) {
      this.min = min;
      this.max = max;
    }

    long parse(String text) {
      if (text.matches("[0-9]{1,18}")) { // Long.parseLong takes signs and all of Unicode's digits.
        long number = Long.parseLong(text);
        if (number >= min && number <= max) {
          return number;
        }
      }
      throw new TypeConversionException(
          "'%s' is not an integer from %d to %d".formatted(text, min, max));
    }
  }

  /** 1, 2, 3, ... */
  static final class Positive extends Range implements ITypeConverter<Integer> {
    Positive() {
      super(1, Integer.MAX_VALUE);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** 0, 1, 2, ... */
  static final class NotNegative extends Range implements ITypeConverter<Integer> {
    NotNegative() {
      super(0, Integer.MAX_VALUE);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** A number of threads. */
  static final class Threads extends Range implements ITypeConverter<Integer> {
    Threads() {
      super(1, Session.MAX_THREADS);
    }

    @Override
    public Integer convert(String text) {
      return (int) parse(text);
    }
  }

  /** A seed: 32 bits, unsigned. */
  static final class Seed extends Range implements ITypeConverter<Long> {
    Seed() {
      super(0, Recipe.MAX_SEED);
    }

    @Override
    public Long convert(String text) {
      return parse(text);
    }
  }

  /** A learning rate: finite, and 0 or so large that no step rounds to 0. */
  static final class Rate implements ITypeConverter<Double> {
    /** A step is a float, 1.4e-45 or more: this divided by the square of any batch's rows. */
    private static final double SMALLEST = 1e-26;

    @Override
    public Double convert(String text) {
      if (text.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?")) {
        BigDecimal exact = new BigDecimal(text);
        double number = exact.doubleValue();
        if (number < SMALLEST && exact.signum() != 0) {
          throw new TypeConversionException(
              "'%s' is too small: expected 0, or at least 1e-26".formatted(text));
        }
        if (number < Double.POSITIVE_INFINITY) {
          return number;
        }
      }
      throw new TypeConversionException(
          "'%s' is not a number of at least 0 such as 0.008 or 1e-3".formatted(text));
    }
  }

  /** The name of a file or directory. */
  private abstract static class Name implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("'%s' is not the name of a file".formatted(text));
      }
      try {
        return FileNames.path(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException(
            "'%s' is not the name of a file: %s".formatted(text, e.getReason()));
      }
    }
  }

  /** A file or directory that the command reads. */
  static final class InputName extends Name {}

  /** A file or directory that the command writes. */
  static final class OutputName extends Name {}

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

  /** The sizes of the hidden layers. */
  record Hidden(List<Integer> sizes) {
    /** As on the command line. */
    @Override
    public String toString() {
      return sizes.isEmpty()
          ? HiddenSizes.NONE
          : sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }

  /** Sizes separated by commas, or {@code none}. */
  static final class HiddenSizes extends Range implements ITypeConverter<Hidden> {
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
            "'%s' is not 'none' or a list of integers of at least 1 such as 256,128"
                .formatted(text));
      }
    }
  }
}
