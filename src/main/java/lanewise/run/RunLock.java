package lanewise.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second run out of a directory. The operating system holds the lock on behalf of the
 * process, so a crash leaves nothing locked; the lock file itself stays and has no meaning.
 */
final class RunLock implements Closeable {
  static final String FILE_NAME = "run.lock";
  private static final int MAX_PID_LENGTH = 20;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks an existing directory.
   *
   * @throws RunException if a run has locked it, in this process or another
   * @throws IOException if the file cannot be written
   */
  static RunLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (isTaken(channel)) {
        throw new RunException(
            "%s: another run is writing there%s: wait for it to end or use another directory"
                .formatted(directory, owner(channel)));
      }
      channel.truncate(0);
      channel.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new RunLock(channel);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** The process that holds the lock, if known. */
  private static String owner(FileChannel channel) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_LENGTH);
      channel.read(bytes, 0);
      String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
      return pid.matches("\\d+") ? " (process %s)".formatted(pid) : "";
    } catch (IOException e) {
      return ""; // On systems where a lock keeps readers out too.
    }
  }

  private static ByteBuffer ascii(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
