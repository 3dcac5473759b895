/**
 * A neural-network engine on the JDK's Vector API.
 *
 * <p>Training and prediction ({@link lanewise.nn}) need {@code java.base} alone; everything else is
 * optional. Without {@code --add-modules jdk.incubator.vector} the engine runs its scalar loops,
 * with the same results. Reading CSV files and JSON takes the library named beside its package
 * below; a program that uses such a class without the library gets a {@link NoClassDefFoundError}.
 */
module lanewise {
  exports lanewise.data;
  exports lanewise.image;
  exports lanewise.model;
  exports lanewise.nn;

  requires static jdk.incubator.vector;
  requires static com.fasterxml.jackson.core; // reports of runs: JSON
  requires static info.picocli; // the command line
  requires static java.desktop; // lanewise.image: decoders of ImageIO
  requires static java.net.http; // lanewise.data: the download of MNIST
  requires static org.apache.commons.csv; // lanewise.data: CSV files

  opens lanewise.cli to
      info.picocli;
}
