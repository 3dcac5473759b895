package lanewise.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;

/**
 * {@code history.csv}: a line an epoch, written as a whole as soon as the epoch is over, so that a
 * run that is cut short leaves what it had and no half line.
 */
public final class History implements Closeable {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "history.csv";

  /** The column of a run that looks at its test rows as it goes; other runs have none. */
  static final String TEST_ACCURACY = "test_accuracy";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private static final String HEADER = FORMAT.format("epoch", "loss", "accuracy", "seconds");

  /** One more column, at the end, where readers that know the others alone do not miss it. */
  private static final String TESTED_HEADER = HEADER + "," + TEST_ACCURACY;

  private final FileChannel channel;
  private final String header;
  private int epochs;

  private History(FileChannel channel, boolean tested) {
    this.channel = channel;
    this.header = tested ? TESTED_HEADER : HEADER;
  }

  /**
   * Begins a new history in a directory that exists; an older one is lost.
   *
   * @param tested whether there are accuracies on the test rows
   */
  public static History create(Path directory, boolean tested) throws IOException {
    return keep(directory, 0, tested);
  }

  /**
   * Opens the history that is there and cuts it behind the line of an epoch: what follows, and half
   * a line, is removed. Where lines are missing, it is cut before the gap.
   *
   * @param epochs whose lines are to stay, at least 0
   * @param tested as it was begun with
   */
  public static History keep(Path directory, int epochs, boolean tested) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
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

  /** Number of lines, the header not counted. */
  public int epochs() {
    return epochs;
  }

  /**
   * The line of an epoch, without its end.
   *
   * @param epoch from 1
   * @param loss over the rows learnt from, after the epoch; written so that reading gives it back
   * @param accuracy on the same rows, 0 to 1; written the same way
   * @param seconds that the epoch took, its evaluation included
   */
  public static String line(int epoch, double loss, double accuracy, double seconds) {
    return FORMAT.format(
        epoch, Double.toString(loss), Double.toString(accuracy), Decimals.fixed(seconds, 3));
  }

  /**
   * The same for a history of a run that looks at its test rows as it goes.
   *
   * @param testAccuracy on the test rows, after the epoch, where it was looked at
   */
  public static String line(
      int epoch, double loss, double accuracy, double seconds, OptionalDouble testAccuracy) {
    String tested = testAccuracy.isPresent() ? Double.toString(testAccuracy.getAsDouble()) : "";
    return line(epoch, loss, accuracy, seconds) + "," + tested;
  }

  /**
   * Adds a line: the whole of it or, failing that, nothing.
   *
   * @param line from {@link #line}
   */
  public void add(String line) throws IOException {
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
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  /** Returns once all lines are on the disk, safe from a loss of power. */
  public void flush() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
