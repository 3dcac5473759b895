package lanewise.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.io.Sha256;
import lanewise.run.Version;

/**
 * A resource such as {@code page.html}, a page that links the style sheets and scripts beside it.
 * This class inlines the linked files and adds title, data and a content security policy that
 * permits these scripts only, and no network requests.
 */
final class PageTemplate {
  private static final String HOME = "/lanewise/report/";
  private static final String WEBJARS = "/META-INF/resources/webjars/";

  /** The only library; the name of its directory in the jar contains its version. */
  private static final String CHART_LIBRARY = "uplot/";

  private static final Pattern SLOT =
      Pattern.compile(
          "<link rel=\"stylesheet\" href=\"(?<style>[^\"]+)\">"
              + "|<script src=\"(?<script>[^\"]+)\"></script>"
              + "|<pre data-file=\"(?<text>[^\"]+)\"></pre>"
              + "|\\{\\{(?<value>title|policy|data)}}");

  private final String template;
  private final String title;
  private final String data;

  /**
   * @param name of the resource
   * @param title of the page
   * @param data JSON without {@code <}, {@code >} and {@code &}
   */
  PageTemplate(String name, String title, String data) {
    if (data.indexOf('<') >= 0 || data.indexOf('>') >= 0 || data.indexOf('&') >= 0) {
      throw new IllegalArgumentException("the data could end its script element");
    }
    this.template = resource(name);
    this.title = title;
    this.data = data;
  }

  /** The whole page. Inserted text is not searched for slots. */
  String page() {
    String policy = policy();
    StringBuilder page = new StringBuilder(data.length() + (1 << 18));
    Matcher slots = SLOT.matcher(template);
    int end = 0;
    while (slots.find()) {
      page.append(template, end, slots.start()).append(content(slots, policy));
      end = slots.end();
    }
    return page.append(template, end, template.length()).toString();
  }

  private String content(MatchResult slot, String policy) {
    if (slot.group("style") != null) {
      return "<style>" + resource(slot.group("style")) + "</style>";
    }
    if (slot.group("script") != null) {
      return "<script>" + resource(slot.group("script")) + "</script>";
    }
    if (slot.group("text") != null) {
      return "<pre>" + escape(resource(slot.group("text"))) + "</pre>";
    }
    return switch (slot.group("value")) {
      case "title" -> escape(title);
      case "policy" -> policy;
      default -> data;
    };
  }

  /** Permits the linked files by their hashes, so that a script in the data could not run. */
  private String policy() {
    StringBuilder styles = new StringBuilder();
    StringBuilder scripts = new StringBuilder();
    SLOT.matcher(template)
        .results()
        .forEach(
            slot -> {
              if (slot.group("style") != null) {
                styles.append(' ').append(hash(resource(slot.group("style"))));
              } else if (slot.group("script") != null) {
                scripts.append(' ').append(hash(resource(slot.group("script"))));
              }
            });
    return "default-src 'none'; style-src%s; script-src%s; base-uri 'none'; form-action 'none'"
        .formatted(styles, scripts);
  }

  private static String hash(String text) {
    byte[] digest = new Sha256().add(text.getBytes(StandardCharsets.UTF_8)).digest();
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String resource(String name) {
    String path =
        name.startsWith(CHART_LIBRARY)
            ? WEBJARS
                + CHART_LIBRARY
                + Version.ofChartLibrary()
                + "/"
                + name.substring(CHART_LIBRARY.length())
            : HOME + name;
    try (InputStream in = PageTemplate.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
