package lanewise.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inserts generated blocks into a document, between {@code <!-- bench:NAME -->} and {@code <!--
 * bench:end -->}; everything else is unchanged.
 */
public final class Quote {
  /** In place of a block's text: the document keeps the one it has. */
  static final String KEPT = "";

  private static final Pattern BLOCK =
      Pattern.compile("(<!-- bench:(\\w+) -->\\R).*?(<!-- bench:end -->)", Pattern.DOTALL);

  private Quote() {}

  /**
   * Replaces each block of the file by the one with its name in the map.
   *
   * @param blocks text by name, each ending with a line break; or {@link #KEPT}
   * @throws IOException if the file names a block that is not in the map
   */
  public static void into(Path file, Map<String, String> blocks) throws IOException {
    String text = Files.readString(file);
    Matcher matcher = BLOCK.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String block = blocks.get(matcher.group(2));
      if (block == null) {
        throw new IOException("%s: no such block: %s".formatted(file, matcher.group(2)));
      }
      String replaced =
          block.equals(KEPT)
              ? matcher.group()
              : matcher.group(1) + "\n" + block + "\n" + matcher.group(3);
      matcher.appendReplacement(out, Matcher.quoteReplacement(replaced));
    }
    matcher.appendTail(out);
    if (!out.toString().equals(text)) {
      Files.writeString(file, out.toString());
    }
  }
}
