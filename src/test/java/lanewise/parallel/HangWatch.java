package lanewise.parallel;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Fails a test in whose job all threads have waited for each other for a second. Nothing can wake
 * them then. A slow machine hardly matters: a thread that has something to do does not wait, even
 * if it gets no time to do it.
 */
final class HangWatch implements InvocationInterceptor {
  private static final int CHECKS = 10;
  private static final long CHECK_MILLIS = 100;

  @Override
  public void interceptTestMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    watch(test);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    watch(test);
  }

  private static void watch(Invocation<Void> test) throws Throwable {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .daemon() // It stays if it hangs.
            .start(
                () -> {
                  try {
                    ended.complete(test.proceed());
                  } catch (Throwable e) {
                    ended.completeExceptionally(e);
                  }
                });
    for (int hangs = 0; hangs < CHECKS; hangs = hang(caller) ? hangs + 1 : 0) {
      try {
        ended.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException e) {
        throw e.getCause();
      } catch (TimeoutException e) {
        // The usual case of a test that takes longer.
      }
    }
    throw new AssertionError(
        "all threads wait for each other, the caller at\n  "
            + String.join(
                "\n  ",
                Arrays.stream(caller.getStackTrace()).limit(6).map(Object::toString).toList()));
  }

  private static boolean hang(Thread caller) {
    List<Thread> pool =
        Thread.getAllStackTraces().keySet().stream()
            .filter(Workers.PoolThread.class::isInstance)
            .toList();
    return caller.getState() == Thread.State.WAITING && pool.stream().noneMatch(HangWatch::isBusy);
  }

  /** Whether it has something to do, or will have: threads without a share wait with a timeout. */
  private static boolean isBusy(Thread thread) {
    return switch (thread.getState()) {
      case NEW, RUNNABLE, BLOCKED -> true;
      case TIMED_WAITING ->
          Arrays.stream(thread.getStackTrace())
              .anyMatch(frame -> frame.getClassName().equals(JobRun.class.getName()));
      case WAITING, TERMINATED -> false;
    };
  }
}
