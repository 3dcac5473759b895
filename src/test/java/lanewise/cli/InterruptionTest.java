package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lanewise.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order in which an interrupted JVM ends. */
@Timeout(60)
class InterruptionTest {
  /** Work that takes a while to unwind once it is asked to stop. */
  static final class Work {
    private static final CountDownLatch REQUEST = new CountDownLatch(1);
    private static final CountDownLatch FAREWELL = new CountDownLatch(1);

    private Work() {}

    /** Argument: whether the work ends by itself before the JVM does. */
    public static void main(String[] args) throws InterruptedException {
      boolean over = Boolean.parseBoolean(args[0]);
      Interruption interruption = new Interruption(Work::request, Work::sayFarewell);
      if (over) {
        interruption.close();
      } else {
        Thread.ofPlatform().start(() -> System.exit(3));
        REQUEST.await();
        // The farewell has a second to come too early.
        boolean early = FAREWELL.await(1, TimeUnit.SECONDS);
        System.out.println(early ? "the work is not over" : "the work is over");
        interruption.close();
      }
    }

    private static void request() {
      System.out.println("requested");
      REQUEST.countDown();
    }

    private static void sayFarewell() {
      System.out.println("farewell");
      FAREWELL.countDown();
    }
  }

  @Test
  void theFarewellWaitsForTheWork() throws IOException, InterruptedException {
    TestJvm.Result run = TestJvm.run(List.of(), Work.class, "false");
    assertEquals(
        new TestJvm.Result(3, "requested\nthe work is over\nfarewell\n"),
        new TestJvm.Result(run.status(), run.output().replace("\r", "")));
  }

  @Test
  void workThatIsOverIsNotInterrupted() throws IOException, InterruptedException {
    assertEquals(new TestJvm.Result(0, ""), TestJvm.run(List.of(), Work.class, "true"));
  }
}
