package lanewise.run;

import java.util.List;
import java.util.regex.Pattern;

/** Command lines of this program for a POSIX shell. */
public final class ShellCommand {
  /** How {@code train} is called. */
  public static final String TRAIN =
      "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train";

  private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@-]+");

  private ShellCommand() {}

  /**
   * A command line that trains.
   *
   * @param options of {@code train}, one word each
   */
  public static String train(List<String> options) {
    StringBuilder line = new StringBuilder(TRAIN);
    options.forEach(option -> line.append(' ').append(quote(option)));
    return line.toString();
  }

  /** One word for the shell: within single quotes, no character has a special meaning. */
  public static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
