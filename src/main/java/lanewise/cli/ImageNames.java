package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lanewise.data.DataException;
import lanewise.image.ImageDecoder;
import lanewise.io.ReadErrors;

/** Resolves the arguments of {@code predict}: files, directories of images, standard input. */
final class ImageNames {
  static final String STANDARD_INPUT = "-";

  private ImageNames() {}

  /**
   * Adds the files that an argument stands for: itself, or the images in a directory, sorted by
   * name. Other files and subdirectories are ignored.
   *
   * @throws DataException if the directory cannot be listed or contains no image
   */
  static void add(String argument, List<String> names) throws DataException {
    if (argument.equals(STANDARD_INPUT) || !Files.isDirectory(path(argument))) {
      names.add(argument);
      return;
    }
    List<String> images = list(path(argument));
    if (images.isEmpty()) {
      throw new DataException(argument + ": no .png, .jpg, .jpeg or .bmp in this directory");
    }
    names.addAll(images);
  }

  private static List<String> list(Path directory) throws DataException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> ImageDecoder.isImageName(file.toString()) && Files.isRegularFile(file))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(ReadErrors.describe(directory, e), e);
    }
  }

  /** Whether a name is that of a CSV file. */
  static boolean isCsv(String name) {
    return name.toLowerCase(Locale.ROOT).matches("(?s).*\\.csv(\\.gz)?");
  }

  static Path path(String name) throws DataException {
    if (name.isBlank()) {
      throw new DataException("'%s' is not the name of a file".formatted(name));
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new DataException(name + ": not a file name: " + e.getReason(), e);
    }
  }
}
