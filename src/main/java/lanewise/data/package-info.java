/**
 * Data sets: reads MNIST's IDX files, CSV files and tables, plain or gzipped, downloads MNIST, and
 * draws the built-in digits, which need no file.
 *
 * <p>{@link lanewise.data.DataSource} is the entry point; it returns {@link lanewise.nn.Samples},
 * or a {@link lanewise.table.Table} whose columns an {@link lanewise.table.Encoding} turns into
 * these. Invalid input throws a {@link lanewise.data.DataException}, whose message names the file
 * and the position. A header's claim never allocates memory by itself, so a damaged file cannot
 * exhaust it. CSV needs Apache Commons CSV and the download the module {@code java.net.http};
 * nothing else here does.
 *
 * <p>This package must not know the command line, models, or how a network is trained.
 */
package lanewise.data;
