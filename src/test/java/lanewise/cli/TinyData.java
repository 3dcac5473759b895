package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two small CSV files: three classes, which differ in which third of the pixels is bright. */
final class TinyData {
  static final int TRAIN_ROWS = 60;
  static final int TEST_ROWS = 20;

  private TinyData() {}

  /** Writes both files, of six pixels; returns the arguments of a {@code train} that reads them. */
  static List<String> train(Path directory, String... more) throws IOException {
    return train(6, directory, more);
  }

  static List<String> train(int pixels, Path directory, String... more) throws IOException {
    Path train = directory.resolve("train.csv");
    Path test = directory.resolve("test.csv");
    Random random = new Random(7);
    Files.write(train, rows(TRAIN_ROWS, pixels, random));
    Files.write(test, rows(TEST_ROWS, pixels, random));
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--train", train.toString(), "--test", test.toString()));
    args.addAll(List.of(more));
    return args;
  }

  private static List<String> rows(int count, int pixels, Random random) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      int label = row % 3;
      StringBuilder line = new StringBuilder().append(label);
      for (int pixel = 0; pixel < pixels; pixel++) {
        line.append(',').append(random.nextInt(80) + (pixel * 3 / pixels == label ? 170 : 0));
      }
      rows.add(line.toString());
    }
    return rows;
  }
}
