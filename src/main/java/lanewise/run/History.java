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

/**
 * {@code history.csv}: one line per epoch, written as soon as the epoch is over. The file never
 * contains partial lines, even if the run is killed.
 */
public final class History implements Closeable {
  /** The file's name in the directory of a run. */
  public static final String FILE_NAME = "history.csv";

  private final FileChannel channel;
  private final HistoryColumns columns;
  private int epochs;

  private History(FileChannel channel, HistoryColumns columns) {
    this.channel = channel;
    this.columns = columns;
  }

  /** Creates a history in an existing directory; an older one is deleted. */
  static History create(Path directory, HistoryColumns columns) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
    return keep(directory, 0, columns);
  }

  /**
   * Opens an existing history and truncates it after the line of an epoch. Partial lines, and all
   * lines after a gap, are removed too.
   *
   * @param epochs number of epochs to keep, at least 0
   * @param columns as it was created with
   */
  static History keep(Path directory, int epochs, HistoryColumns columns) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    History history = new History(channel, columns);
    try {
      history.cut(epochs);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return history;
  }

  private void cut(int last) throws IOException {
    HistoryLines lines = new HistoryLines(channel, columns.header());
    long end = lines.endOf(last);
    channel.truncate(end).position(end);
    if (end == 0) {
      write(columns.header());
    }
    epochs = lines.epochs();
  }

  /** Number of lines, not counting the header. */
  public int epochs() {
    return epochs;
  }

  /**
   * Adds a line, completely or not at all.
   *
   * @param line from {@link HistoryColumns#line}
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
