/**
 * A neural-network engine on the JDK's Vector API.
 *
 * <p>{@link lanewise.nn} and {@link lanewise.model} need {@code java.base} only. Without {@code
 * --add-modules jdk.incubator.vector} the scalar engine runs, slower, with the same results.
 *
 * <p>Other parts need an optional module: CSV files {@code org.apache.commons.csv}, images {@code
 * java.desktop}, the download of MNIST {@code java.net.http}. A program that uses one of these
 * requires that module itself.
 */
module lanewise {
  exports lanewise.data;
  exports lanewise.image;
  exports lanewise.model;
  exports lanewise.nn;
  exports lanewise.table;

  requires static jdk.incubator.vector;
  requires static com.fasterxml.jackson.core;
  requires static info.picocli;
  requires static java.desktop;
  requires static java.net.http;
  requires static jdk.management;
  requires static org.apache.commons.csv;

  opens lanewise.cli to
      info.picocli;
}
