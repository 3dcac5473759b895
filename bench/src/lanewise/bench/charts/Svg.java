package lanewise.bench.charts;

import java.util.Locale;

/**
 * A builder of an SVG image. Colours are CSS classes, so that one image suits light and dark pages;
 * text uses the reader's fonts.
 */
final class Svg {
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: var(--ink) }
        .small { font-size: 11px }
        .title { font-size: 16px; font-weight: 600 }
        .soft { fill: var(--soft) }
        .page { fill: var(--page) }
        .grid { stroke: var(--grid); stroke-width: 1 }
        .axis { stroke: var(--soft); stroke-width: 1 }
        .roof { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none }
        .line { stroke-width: 2.5; fill: none }
        .s0 { stroke: var(--c0); fill: var(--c0) } .s1 { stroke: var(--c1); fill: var(--c1) }
        .s2 { stroke: var(--c2); fill: var(--c2) } .s3 { stroke: var(--c3); fill: var(--c3) }
        .s4 { stroke: var(--c4); fill: var(--c4) } .s5 { stroke: var(--c5); fill: var(--c5) }
        polyline { fill: none !important }
        svg { --page: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #e1e4e8;
          --c0: #0a63c9; --c1: #b35900; --c2: #1a7f37; --c3: #8250df; --c4: #a40e4c; --c5: #57606a }
        @media (prefers-color-scheme: dark) {
          svg { --page: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --grid: #272d36;
            --c0: #58a6ff; --c1: #f0883e; --c2: #56d364; --c3: #bc8cff; --c4: #ff7b9c; --c5: #a8b1bb }
        }
      </style>
      """;

  private final StringBuilder text = new StringBuilder();

  /**
   * @param title read out by screen readers, and drawn at the top
   */
  Svg(int width, int height, String title) {
    text.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            .formatted(width, height, width, height));
    text.append(" role=\"img\">\n<title>").append(escape(title)).append("</title>\n").append(STYLE);
    text.append("<rect class=\"page\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
    text(20, 30, "start", "title", title);
  }

  /**
   * @param anchor start, middle or end
   * @param style CSS classes
   */
  void text(double x, double y, String anchor, String style, String words) {
    text.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            style,
            escape(words)));
  }

  /**
   * Draws text above a line that rises to the right by the given degrees; the text ends at x, y.
   */
  void alongSlope(double x, double y, double degrees, String style, String words) {
    text.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(%.1f %.1f) rotate(%.1f)\" x=\"0\" y=\"-5\""
                + " text-anchor=\"end\" class=\"%s\">%s</text>%n",
            x,
            y,
            -degrees,
            style,
            escape(words)));
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    text.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            style));
  }

  /** Draws a line through the points x0, y0, x1, y1, ... */
  void polyline(double[] points, String style) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      list.append(String.format(Locale.ROOT, "%.1f,%.1f ", points[i], points[i + 1]));
    }
    text.append(
        "<polyline points=\"%s\" class=\"line %s\"/>\n".formatted(list.toString().strip(), style));
  }

  /** Draws a point with a tooltip. */
  void dot(double x, double y, double radius, String style, String words) {
    text.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"><title>%s</title></circle>%n",
            x,
            y,
            radius,
            style,
            escape(words)));
  }

  /** Returns the finished image. */
  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  private static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
