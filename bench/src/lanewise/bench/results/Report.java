package lanewise.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import lanewise.bench.charts.Pictures;

/** Tables and pictures of one comparison: NAME.md, NAME-*.svg, and blocks for a README. */
public final class Report {
  private static final String ACCURACY = "accuracy";

  /** What the page of a contest of time to accuracy has. */
  private static final Set<String> CONTEST = Set.of("machine", ACCURACY);

  private final Results results;
  private final Path directory;
  private final String name;

  /**
   * @param directory receives the files
   * @param name what their names begin with
   */
  public Report(Results results, Path directory, String name) {
    this.results = results;
    this.directory = directory;
    this.name = name;
  }

  /** Writes the tables and pictures. */
  public void write() throws IOException {
    Files.createDirectories(directory);
    StringBuilder page = new StringBuilder("# Measured on " + name + "\n\n");
    Map<String, String> blocks = blocks();
    if (isContest()) {
      blocks.keySet().retainAll(CONTEST);
    }
    blocks.values().stream()
        .filter(block -> !block.equals(Markdown.NOTHING))
        .forEach(block -> page.append(block).append('\n'));
    for (Map.Entry<String, String> picture : new Pictures(results).all().entrySet()) {
      Files.writeString(directory.resolve(file(picture.getKey())), picture.getValue());
      page.append(image(picture.getKey(), file(picture.getKey()))).append('\n');
    }
    Files.writeString(directory.resolve(name + ".md"), page.toString().stripTrailing() + "\n");
  }

  /**
   * Puts the tables, links to the pictures and a link to all tables into a document; of a contest
   * of time to accuracy, only its table.
   *
   * @param readme with marked blocks, see {@link Quote}
   */
  public void quoteIn(Path readme) throws IOException {
    Map<String, String> quoted = blocks();
    Map<String, String> pictures = new Pictures(results).all();
    Path from = readme.toAbsolutePath().getParent().relativize(directory.toAbsolutePath());
    for (String picture : Pictures.TITLES.keySet()) {
      String image = image(picture, from.resolve(file(picture)).toString());
      quoted.put(picture, pictures.containsKey(picture) ? image : Markdown.NOTHING);
    }
    quoted.put("full", "All tables: [%s](%s).\n".formatted(name, from.resolve(name + ".md")));
    quoted.replaceAll((block, text) -> block.equals(ACCURACY) == isContest() ? text : Quote.KEPT);
    Quote.into(readme, quoted);
  }

  /** The time to accuracy is measured alone, and everything else without it. */
  private boolean isContest() {
    return results.facts().containsKey("seeds");
  }

  private Map<String, String> blocks() {
    Map<String, String> blocks = new LinkedHashMap<>();
    Tables tables = new Tables(results);
    PeerTables peers = new PeerTables(results);
    blocks.put("machine", tables.machine());
    blocks.put("sgemm", peers.sgemm());
    blocks.put("predictions", peers.predictions());
    blocks.put("epochs", peers.epochs());
    blocks.put("losses", peers.losses());
    blocks.put(ACCURACY, new AccuracyTable(results).table());
    blocks.put("widths", tables.widths());
    blocks.put("kernels", tables.kernels());
    blocks.put("sparse", tables.sparse());
    blocks.put("training", tables.training());
    blocks.put("around", tables.around());
    blocks.put("walk", tables.walk());
    blocks.put("failures", tables.failures());
    return blocks;
  }

  private String file(String picture) {
    return name + "-" + picture + ".svg";
  }

  private static String image(String picture, String file) {
    return "![%s](%s)\n".formatted(Pictures.TITLES.get(picture), file);
  }
}
