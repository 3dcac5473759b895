package lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.data.DataException;
import lanewise.data.DataSource;
import lanewise.data.Dataset;
import lanewise.nn.Samples;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * Reading 6,000 + 1,000 digits of 28 x 28 pixels, a tenth of MNIST, from files in each format; an
 * operation is a row. The files are in the page cache.
 */
public class LoadingBenchmark extends BenchmarkDefaults {
  /** File format: compressed, as MNIST is published, or not. */
  @Param({"idx.gz", "idx", "csv.gz", "csv"})
  public String form;

  private Path directory;
  private DigitFiles files;

  @Override
  public void prepare() throws IOException {
    directory = Files.createTempDirectory("lanewise-loading");
    files = new DigitFiles();
    files.write(directory, form);
  }

  @Override
  public void release() throws IOException {
    Directories.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(DigitFiles.TRAIN + DigitFiles.TEST)
  public Dataset rows() throws DataException {
    return DataSource.directory(directory);
  }

  @Override
  public void check(String method, Object output) {
    Dataset read = (Dataset) output;
    Truth.require(
        read.sha256().equals(files.sha256()), "the hash of the rows is %s", read.sha256());
    check(read.train(), 0, DigitFiles.TRAIN);
    check(read.test(), DigitFiles.TRAIN, DigitFiles.TEST);
  }

  private void check(Samples read, int from, int rows) {
    Truth.require(read.rows() == rows, "%d rows", read.rows());
    float[] actual = new float[rows * read.width()];
    float[] expected = new float[actual.length];
    read.copyRows(0, rows, actual, 0);
    files.samples().copyRows(from, from + rows, expected, 0);
    Truth.sameBits(form, expected, actual);
    for (int row = 0; row < rows; row++) {
      Truth.require(read.label(row) == files.samples().label(from + row), "label of %d", row);
    }
  }
}
