package lanewise.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of this program and of the chart library in its jar, as written by the build. */
public final class Version {
  private static final String RESOURCE = "/lanewise/build.properties";

  private Version() {}

  /** For example 0.1.0. */
  public static String text() {
    return property("version");
  }

  /** The version of uPlot, which draws the charts of a page. */
  public static String ofChartLibrary() {
    return property("uplot");
  }

  private static String property(String name) {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(name);
  }
}
