package lanewise.cli;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import lanewise.io.FileNames;
import lanewise.run.Recipe;
import lanewise.run.Session;
import lanewise.run.Stopping;
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

  /** A decimal number, perhaps with an exponent, in a range of finite ones. */
  private abstract static class Decimal {
    private final DoublePredicate range;
    private final String expected;

    /**
     * @param expected which numbers are in the range, for people
     */
    Decimal(DoublePredicate range, String expected) {
      this.range = range;
      this.expected = expected;
    }

    BigDecimal exact(String text) {
      if (text.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?")) {
        BigDecimal exact = new BigDecimal(text);
        double number = exact.doubleValue();
        if (number < Double.POSITIVE_INFINITY && range.test(number)) {
          return exact;
        }
      }
      throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
    }

    double parse(String text) {
      return exact(text).doubleValue();
    }
  }

  /** A learning rate: finite, and 0 or so large that no step rounds to 0. */
  static final class Rate extends Decimal implements ITypeConverter<Double> {
    /** A step is a float, 1.4e-45 or more: this divided by the square of any batch's rows. */
    private static final double SMALLEST = 1e-26;

    Rate() {
      super(number -> true, "a number of at least 0 such as 0.008 or 1e-3");
    }

    @Override
    public Double convert(String text) {
      BigDecimal exact = exact(text);
      double number = exact.doubleValue();
      if (number < SMALLEST && exact.signum() != 0) {
        throw new TypeConversionException(
            "'%s' is too small: expected 0, or at least 1e-26".formatted(text));
      }
      return number;
    }
  }

  /** A number of at least 0. */
  static final class Amount extends Decimal implements ITypeConverter<Double> {
    Amount() {
      super(number -> true, "a number of at least 0 such as 0.5 or 1e-4");
    }

    @Override
    public Double convert(String text) {
      return parse(text);
    }
  }

  /** A share that leaves something. */
  static final class Share extends Decimal implements ITypeConverter<Double> {
    Share() {
      super(number -> number < 1, "a number of at least 0 and below 1 such as 0.9");
    }

    @Override
    public Double convert(String text) {
      return parse(text);
    }
  }

  /** What keeps a divisor from being 0: large enough for a float. */
  static final class Epsilon extends Decimal implements ITypeConverter<Double> {
    Epsilon() {
      super(number -> number >= 1e-37, "a number of at least 1e-37 such as 1e-8");
    }

    @Override
    public Double convert(String text) {
      return parse(text);
    }
  }

  /** An accuracy to reach. */
  static final class Target extends Decimal implements ITypeConverter<Double> {
    Target() {
      super(number -> number > 0 && number <= 1, "a number above 0 and at most 1 such as 0.98");
    }

    @Override
    public Double convert(String text) {
      return parse(text);
    }
  }

  /** A share or a number of rows. */
  static final class Validation extends Decimal implements ITypeConverter<Double> {
    Validation() {
      super(
          number -> number > 0 && Stopping.isValidation(number),
          "a share below 1 such as 0.1, or a number of rows");
    }

    @Override
    public Double convert(String text) {
      return parse(text);
    }
  }

  /** Shares of layers. */
  record ShareList(List<Double> shares) {}

  /** Shares separated by commas. */
  static final class Shares extends Decimal implements ITypeConverter<ShareList> {
    Shares() {
      super(number -> number < 1, "");
    }

    @Override
    public ShareList convert(String text) {
      try {
        return new ShareList(Arrays.stream(text.split(",", -1)).map(this::parse).toList());
      } catch (TypeConversionException e) {
        throw new TypeConversionException(
            "'%s' is not a list of numbers of at least 0 and below 1 such as 0.2,0.5"
                .formatted(text));
      }
    }
  }

  /** What stands between the cells of a table. */
  static final class Delimiter implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab")) {
        return '\t';
      }
      if (text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0)) && isAllowed(text)) {
        return text.charAt(0);
      }
      throw new TypeConversionException(
          "'%s' is not a character such as ';', or 'tab'".formatted(text));
    }

    /** A quote or a line break has another meaning, and half a character none. */
    private static boolean isAllowed(String text) {
      return !text.matches("[\"\n\r\ufeff\0\ud800-\udfff]");
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
