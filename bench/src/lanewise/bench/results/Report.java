package lanewise.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.bench.charts.Pictures;

/** Tables and pictures of one comparison: NAME.md, NAME-*.svg, and blocks for the READMEs. */
public final class Report {
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

  /**
   * @param readmes documents that quote blocks, see {@link Quote}
   */
  public void write(List<Path> readmes) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> pictures = new Pictures(results).all();
    for (Map.Entry<String, String> picture : pictures.entrySet()) {
      Files.writeString(directory.resolve(file(picture.getKey())), picture.getValue());
    }
    Map<String, String> blocks = blocks();
    StringBuilder page = new StringBuilder("# Measured on " + name + "\n\n");
    blocks.values().stream()
        .filter(block -> !block.equals(Markdown.NOTHING))
        .forEach(block -> page.append(block).append('\n'));
    for (Map.Entry<String, String> picture : pictures.entrySet()) {
      page.append(image(picture.getKey(), file(picture.getKey()))).append('\n');
    }
    Files.writeString(directory.resolve(name + ".md"), page.toString().stripTrailing() + "\n");
    for (Path readme : readmes) {
      Map<String, String> quoted = new LinkedHashMap<>(blocks);
      Path parent = readme.toAbsolutePath().getParent();
      Path from = parent.relativize(directory.toAbsolutePath());
      for (String picture : Pictures.TITLES.keySet()) {
        String image = image(picture, from.resolve(file(picture)).toString());
        quoted.put(picture, pictures.containsKey(picture) ? image : Markdown.NOTHING);
      }
      quoted.put("full", "All tables: [%s](%s).\n".formatted(name, from.resolve(name + ".md")));
      Quote.into(readme, quoted);
    }
  }

  private Map<String, String> blocks() {
    Map<String, String> blocks = new LinkedHashMap<>();
    Tables tables = new Tables(results);
    PeerTables peers = new PeerTables(results);
    blocks.put("machine", tables.machine());
    blocks.put("sgemm", peers.sgemm());
    blocks.put("epochs", peers.epochs());
    blocks.put("losses", peers.losses());
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
