package lanewise.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads {@code history.csv} back. */
final class HistoryReader {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private HistoryReader() {}

  /**
   * A line.
   *
   * @param epoch from 1
   * @param loss summed over the rows learnt from
   * @param accuracy on the same rows, 0 to 1
   * @param seconds that the epoch took
   * @param testAccuracy on the test rows, 0 to 1, where that was looked at
   */
  record Epoch(
      int epoch, double loss, double accuracy, double seconds, OptionalDouble testAccuracy) {}

  /**
   * All epochs of a run, in the file's order; columns are found by their names.
   *
   * @throws RunException if the file is missing or bad
   */
  static List<Epoch> read(Path directory) throws RunException {
    Path file = directory.resolve(History.FILE_NAME);
    List<Epoch> epochs = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(in, FORMAT)) {
      for (CSVRecord record : parser) {
        epochs.add(epoch(record));
      }
      return epochs;
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s: line %d is not an epoch's figures".formatted(file, epochs.size() + 2), e);
    } catch (IOException e) {
      throw new RunException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Epoch epoch(CSVRecord record) {
    return new Epoch(
        Integer.parseInt(record.get("epoch")),
        finite(record.get("loss")),
        finite(record.get("accuracy")),
        finite(record.get("seconds")),
        testAccuracy(record));
  }

  private static OptionalDouble testAccuracy(CSVRecord record) {
    boolean tested =
        record.isSet(History.TEST_ACCURACY) && !record.get(History.TEST_ACCURACY).isEmpty();
    return tested
        ? OptionalDouble.of(finite(record.get(History.TEST_ACCURACY)))
        : OptionalDouble.empty();
  }

  private static double finite(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
