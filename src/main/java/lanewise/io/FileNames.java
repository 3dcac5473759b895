package lanewise.io;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File names as users typed them or files recorded them. */
public final class FileNames {
  /** The JVM decodes bytes that are not text in the encoding of the locale as this character. */
  private static final char UNDECODABLE = '\ufffd';

  private FileNames() {}

  /**
   * Returns the path of a name.
   *
   * @param name as the JVM decoded it
   * @return its path
   * @throws InvalidPathException if there is none, or only that of another file: the name could not
   *     be decoded
   */
  public static Path path(String name) {
    if (!isDecoded(name)) {
      throw new InvalidPathException(name, "the encoding of the locale cannot hold it");
    }
    return Path.of(name);
  }

  /**
   * Whether a name that the JVM decoded is still that of the same file.
   *
   * @param name a file's or a directory's
   * @return false if the encoding of the locale cannot hold it
   */
  public static boolean isDecoded(String name) {
    return name.indexOf(UNDECODABLE) < 0;
  }
}
