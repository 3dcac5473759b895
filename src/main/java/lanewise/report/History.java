package lanewise.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code history.csv}: a line an epoch, on disk as soon as the epoch is over, so that a run that is
 * cut short leaves what it had.
 */
public final class History implements Closeable {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "history.csv";

  /** The column of a run that looks at its test rows as it goes; other runs have none. */
  static final String TEST_ACCURACY = "test_accuracy";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setRecordSeparator('\n')
          .setHeader("epoch", "loss", "accuracy", "seconds")
          .get();

  private final CSVPrinter printer;

  private History(CSVPrinter printer) {
    this.printer = printer;
  }

  /** Begins a new history in a directory that exists; an older one is lost. */
  public static History create(Path directory) throws IOException {
    CSVPrinter printer =
        new CSVPrinter(Files.newBufferedWriter(directory.resolve(FILE_NAME)), FORMAT);
    printer.flush();
    return new History(printer);
  }

  /**
   * Adds a line.
   *
   * @param epoch from 1
   * @param loss over the rows learnt from, after the epoch; written so that reading gives it back
   * @param accuracy on the same rows, 0 to 1; written the same way
   * @param seconds that the epoch took, its evaluation included
   */
  public void add(int epoch, double loss, double accuracy, double seconds) throws IOException {
    printer.printRecord(
        epoch, Double.toString(loss), Double.toString(accuracy), Decimals.fixed(seconds, 3));
    printer.flush();
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
