package lanewise.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lanewise.io.ReadErrors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads {@code history.csv}. */
public final class HistoryReader {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private HistoryReader() {}

  /**
   * All epochs of a run in the order of the file. Columns are found by name.
   *
   * @throws RunException if the file is missing or invalid
   */
  public static List<EpochResult> read(Path directory) throws RunException {
    Path file = directory.resolve(History.FILE_NAME);
    List<EpochResult> epochs = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(in, FORMAT)) {
      for (CSVRecord record : parser) {
        epochs.add(epoch(record));
      }
      return epochs;
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s: line %d does not hold the figures of an epoch".formatted(file, epochs.size() + 2),
          e);
    } catch (IOException e) {
      throw new RunException(ReadErrors.describe(file, e), e);
    }
  }

  private static EpochResult epoch(CSVRecord record) {
    String score = record.isMapped(HistoryColumns.R2) ? HistoryColumns.R2 : HistoryColumns.ACCURACY;
    return new EpochResult(
        Integer.parseInt(record.get("epoch")),
        finite(record.get("loss")),
        finite(record.get(score)),
        finite(record.get("seconds")),
        optional(record, HistoryColumns.TEST + score),
        validation(record, score));
  }

  private static OptionalDouble optional(CSVRecord record, String column) {
    return record.isSet(column) && !record.get(column).isEmpty()
        ? OptionalDouble.of(finite(record.get(column)))
        : OptionalDouble.empty();
  }

  private static Optional<EpochResult.Validation> validation(CSVRecord record, String score) {
    OptionalDouble loss = optional(record, HistoryColumns.VALIDATION + HistoryColumns.LOSS);
    OptionalDouble validated = optional(record, HistoryColumns.VALIDATION + score);
    return loss.isPresent() && validated.isPresent()
        ? Optional.of(new EpochResult.Validation(loss.getAsDouble(), validated.getAsDouble()))
        : Optional.empty();
  }

  private static double finite(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
