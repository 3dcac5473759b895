package lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows for text with carriage returns and a few escape sequences. */
final class Screen {
  private Screen() {}

  /** The lines, the last one unfinished. */
  static List<String> show(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    // An escape sequence or a character; "clear to the end" is the only sequence with an effect.
    Matcher matcher =
        Pattern.compile("\u001b\\[[?0-9]*([A-Za-z])|(.)", Pattern.DOTALL).matcher(text);
    while (matcher.find()) {
      if (matcher.group(2) == null) {
        line.setLength(matcher.group(1).equals("K") ? column : line.length());
        continue;
      }
      char c = matcher.group(2).charAt(0);
      if (c == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        column = 0;
      } else if (c == '\r') {
        column = 0;
      } else if (column < line.length()) {
        line.setCharAt(column++, c);
      } else {
        line.append(c);
        column++;
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** The largest number of columns that any line has used. */
  static int widest(String text) {
    return show(text.replace("\u001b[K", "")).stream().mapToInt(String::length).max().orElse(0);
  }
}
