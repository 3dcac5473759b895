package lanewise.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import lanewise.io.AtomicFile;

/** Writes pages. */
final class PageFile {
  private PageFile() {}

  /**
   * Writes a page, completely or not at all.
   *
   * @param file its directory is created if necessary; replaced if it exists; if it is a symbolic
   *     link, the link's target is written
   */
  static void write(PageTemplate template, Path file) throws IOException {
    String page = template.page();
    Path target = AtomicFile.target(file);
    AtomicFile.Content content = out -> out.write(StandardCharsets.UTF_8.encode(page));
    AtomicFile.prepare(target, content); // So that a full disk leaves no new directory behind.
    AtomicFile.write(target, content);
  }
}
