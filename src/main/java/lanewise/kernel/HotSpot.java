package lanewise.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What HotSpot says of itself. */
final class HotSpot {
  private HotSpot() {}

  /** Returns an option's value; {@code otherwise} in another JVM, or without jdk.management. */
  static String option(String name, String otherwise) {
    try {
      return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .getVMOption(name)
          .getValue();
    } catch (RuntimeException | LinkageError e) {
      return otherwise;
    }
  }
}
