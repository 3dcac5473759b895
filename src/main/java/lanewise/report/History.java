package lanewise.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.csv.CSVFormat;

/**
 * {@code history.csv}: a line an epoch, written as a whole as soon as the epoch is over, so that a
 * run that is cut short leaves what it had and no half line.
 */
public final class History implements Closeable {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "history.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private static final String HEADER = FORMAT.format("epoch", "loss", "accuracy", "seconds");

  private final FileChannel channel;
  private int epochs;

  private History(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a new history in a directory that exists; an older one is lost. */
  public static History create(Path directory) throws IOException {
    return keep(directory, 0);
  }

  /**
   * Opens the history that is there and cuts it behind the line of an epoch: what follows, and half
   * a line, is removed. Where lines are missing, it is cut before the gap.
   *
   * @param epochs whose lines are to stay, at least 0
   */
  public static History keep(Path directory, int epochs) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    History history = new History(channel);
    try {
      history.cut(epochs);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return history;
  }

  private void cut(int last) throws IOException {
    HistoryLines lines = new HistoryLines(channel, HEADER);
    long end = lines.endOf(last);
    channel.truncate(end).position(end);
    if (end == 0) {
      write(HEADER);
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
