package lanewise.cli;

import java.util.ArrayList;
import java.util.List;

/** What a terminal shows of text with carriage returns. */
final class Screen {
  private Screen() {}

  /** The lines, the last one unfinished. */
  static List<String> show(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : text.toCharArray()) {
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

  /** The most columns that any line ever took. */
  static int widest(String text) {
    return show(text).stream().mapToInt(String::length).max().orElse(0);
  }
}
