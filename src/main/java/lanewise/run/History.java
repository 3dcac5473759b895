package lanewise.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;

/**
 * {@code history.csv}: one line per epoch, written as soon as the epoch is over. The file never
 * contains partial lines, even if the run is killed.
 */
public final class History implements Closeable {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "history.csv";

  /** The column of a run that evaluates its test rows during training; others do not have it. */
  static final String TEST_ACCURACY = "test_accuracy";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private static final String HEADER = FORMAT.format("epoch", "loss", "accuracy", "seconds");

  /** The extra column comes last, so that programs that do not know it are not disturbed. */
  private static final String TESTED_HEADER = HEADER + "," + TEST_ACCURACY;

  private final FileChannel channel;
  private final String header;
  private int epochs;

  private History(FileChannel channel, boolean tested) {
    this.channel = channel;
    this.header = tested ? TESTED_HEADER : HEADER;
  }

  /**
   * Creates a history in an existing directory; an older one is deleted.
   *
   * @param tested whether it has accuracies on the test rows
   */
  static History create(Path directory, boolean tested) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
    return keep(directory, 0, tested);
  }

  /**
   * Opens an existing history and truncates it after the line of an epoch. Partial lines, and all
   * lines after a gap, are removed too.
   *
   * @param epochs number of epochs to keep, at least 0
   * @param tested as it was created with
   */
  static History keep(Path directory, int epochs, boolean tested) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    History history = new History(channel, tested);
    try {
      history.cut(epochs);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return history;
  }

  private void cut(int last) throws IOException {
    HistoryLines lines = new HistoryLines(channel, header);
    long end = lines.endOf(last);
    channel.truncate(end).position(end);
    if (end == 0) {
      write(header);
    }
    epochs = lines.epochs();
  }

  /** Number of lines, not counting the header. */
  public int epochs() {
    return epochs;
  }

  /**
   * The line of an epoch, without its end. Loss and accuracies are written so that reading them
   * gives the same doubles.
   *
   * @param tested whether the history has accuracies on the test rows
   */
  static String line(EpochResult result, boolean tested) {
    String line =
        FORMAT.format(
            result.epoch(),
            Double.toString(result.loss()),
            Double.toString(result.accuracy()),
            Decimals.fixed(result.seconds(), 3));
    OptionalDouble test = result.testAccuracy();
    String accuracy = test.isPresent() ? Double.toString(test.getAsDouble()) : "";
    return tested ? line + "," + accuracy : line;
  }

  /**
   * Adds a line, completely or not at all.
   *
   * @param line from {@link #line}
   */
  void add(String line) throws IOException {
    write(line);
    epochs++;
  }

  private void write(String line) throws IOException {
    long end = channel.position();
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException | Error e) { // Errors: a write allocates memory.
      channel.truncate(end);
      throw e;
    }
  }

  /** Flushes all lines to the disk, where they survive a loss of power. */
  public void flush() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
