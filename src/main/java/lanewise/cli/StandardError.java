package lanewise.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/**
 * Standard error of this process. The launcher of the installed program filters what the JVM itself
 * writes there, and passes the true stream on under another number, so that the program writes
 * without detour: to a terminal, if that is what it is.
 */
final class StandardError {
  /** The number that the launcher gives. */
  private static final String PROPERTY = "lanewise.stderr";

  private static final int USUAL = 2;

  private StandardError() {}

  /** The number of its file descriptor. */
  static int descriptor() {
    return Integer.getInteger(PROPERTY, USUAL);
  }

  /** Makes {@link System#err} the true stream. */
  static void open() {
    if (descriptor() == USUAL) {
      return;
    }
    try {
      // The JDK has no other way to write to an open file of which only the number is known. The
      // launcher, which belongs to one version of the JDK, opens the package.
      Constructor<FileDescriptor> ofNumber = FileDescriptor.class.getDeclaredConstructor(int.class);
      ofNumber.setAccessible(true);
      FileOutputStream file = new FileOutputStream(ofNumber.newInstance(descriptor()));
      System.setErr(new PrintStream(new BufferedOutputStream(file), true, System.err.charset()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Through the filter it is, then.
    }
  }
}
