package lanewise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Starts the command line of the runnable jar. Compiled for Java 8, so that an older Java prints
 * what it needs instead of an UnsupportedClassVersionError.
 */
public final class Launcher {
  /** The oldest Java that runs the other classes, and the version of their class files. */
  private static final int JAVA = 25;

  private static final int CLASS_VERSION = JAVA + 44;

  private Launcher() {}

  /** Hands over to {@code lanewise.cli.Main}, which ends the JVM. */
  public static void main(String[] args) throws Throwable {
    if (Double.parseDouble(System.getProperty("java.class.version")) < CLASS_VERSION) {
      System.err.println(
          "lanewise: Java "
              + JAVA
              + " or newer is required; this is Java "
              + System.getProperty("java.version")
              + " in "
              + System.getProperty("java.home"));
      System.exit(1);
    }
    // By name: javac refuses newer classes here. A method handle passes exceptions on as they are.
    MethodHandles.lookup()
        .findStatic(
            Class.forName("lanewise.cli.Main"),
            "main",
            MethodType.methodType(void.class, String[].class))
        .invokeExact(args);
  }
}
