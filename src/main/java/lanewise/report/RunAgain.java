package lanewise.report;

import java.util.Map;
import java.util.regex.Pattern;

/** The command line that does a run again, for a POSIX shell. */
final class RunAgain {
  private static final String PROGRAM =
      "java --add-modules jdk.incubator.vector -jar target/lanewise.jar train";
  private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@-]+");

  private RunAgain() {}

  /**
   * The line.
   *
   * @param options of {@code train} by name, as the run's record has them; a flag's text is empty
   */
  static String command(Map<String, String> options) {
    StringBuilder line = new StringBuilder(PROGRAM);
    options.forEach(
        (name, text) -> {
          line.append(' ').append(quote(name));
          if (!text.isEmpty()) {
            line.append(' ').append(quote(text));
          }
        });
    return line.toString();
  }

  /** One word for the shell, whatever it holds: within single quotes nothing has a meaning. */
  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
