package lanewise.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Keeps a second run out of a directory. The operating system holds the lock on behalf of the
 * process, so a crash leaves nothing locked; the lock file itself stays and has no meaning.
 *
 * <p>Within the process, a registry does the same: where locks are POSIX's, closing any channel of
 * the file releases the lock that another one holds. So nothing else here may open it.
 */
public final class RunLock implements Closeable {
  /** The file's name in the directory. */
  public static final String FILE_NAME = "run.lock";

  private static final int MAX_PID_LENGTH = 20;

  /** The directories that this process has locked. */
  private static final Set<Object> HELD = new HashSet<>();

  private final Object directory;
  private final Path file;
  private final FileChannel channel;
  private final boolean created;

  /** Identifies the file; null where the system has no such keys, but keeps open files in place. */
  private final Object key;

  private RunLock(Object directory, Path file, FileChannel channel, boolean created)
      throws IOException {
    this.directory = directory;
    this.file = file;
    this.channel = channel;
    this.created = created;
    this.key = key(file);
  }

  /**
   * Locks an existing directory.
   *
   * @throws RunException if a run has locked it, in this process or another
   * @throws IOException if the file cannot be written
   */
  public static RunLock take(Path directory) throws IOException {
    Object id = Objects.requireNonNullElse(key(directory), directory.toRealPath());
    synchronized (HELD) {
      if (HELD.contains(id)) {
        throw taken(directory, owner());
      }
      RunLock lock = take(directory, id);
      HELD.add(id);
      return lock;
    }
  }

  private static RunLock take(Path directory, Object id) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    boolean created = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    RunLock lock = null;
    try {
      if (channel.tryLock() == null) {
        throw taken(directory, owner(channel));
      }
      lock = new RunLock(id, file, channel, created);
      checkOurs(channel, file);
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(StandardCharsets.US_ASCII.encode(pid), 0);
      return lock;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(directory, owner());
    } catch (IOException | RuntimeException e) {
      try (channel) {
        if (lock != null) {
          lock.deleteIfCreated(); // While nobody else can have locked it.
        }
      }
      throw e;
    }
  }

  private static RunException taken(Path directory, String owner) {
    return new RunException(
        "%s: another run is writing there%s: wait for it to end or use another directory"
            .formatted(directory, owner));
  }

  /** A user's file of this name must not be overwritten. */
  private static void checkOurs(FileChannel channel, Path file) throws IOException {
    if (channel.size() > 0 && !content(channel).matches("\\d+")) {
      throw new RunException(
          "%s: not the lock of a run: it holds something other than the number of a process"
              .formatted(file));
    }
  }

  /** The process that holds the lock, if known. */
  private static String owner(FileChannel channel) {
    try {
      String pid = content(channel);
      return pid.matches("\\d+") ? " (process %s)".formatted(pid) : "";
    } catch (IOException e) {
      return ""; // On systems where a lock keeps readers out too.
    }
  }

  private static String owner() {
    return " (process %d)".formatted(ProcessHandle.current().pid());
  }

  private static String content(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_LENGTH + 1);
    channel.read(bytes, 0);
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Whether the directory still has the file that is locked: nobody else can lock it then. */
  boolean isHeld() {
    try {
      return Objects.equals(key, key(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Releases the lock, and deletes the file unless it existed before. */
  public void closeAndDelete() throws IOException {
    deleteIfCreated();
    close();
  }

  private void deleteIfCreated() throws IOException {
    if (created && isHeld()) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(directory);
      channel.close();
    }
  }
}
