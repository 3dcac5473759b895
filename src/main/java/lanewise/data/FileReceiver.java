package lanewise.data;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Writes the body of one HTTP response to a file, up to a limit, and refuses any status but 200.
 * Other threads may query the progress while the client's threads write.
 */
final class FileReceiver
    implements HttpResponse.BodyHandler<Void>, HttpResponse.BodySubscriber<Void>, AutoCloseable {
  private final FileChannel file;
  private final long limit;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private volatile int status;
  private volatile long bytes;
  private volatile long total = -1;

  /**
   * Opens and truncates a file.
   *
   * @param file must exist
   * @param limit maximum size of the body in bytes
   */
  FileReceiver(Path file, long limit) throws IOException {
    this.file =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    this.limit = limit;
  }

  /** Returns the bytes received so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the announced size in bytes; -1 if the server has not sent it. */
  long total() {
    return total;
  }

  @Override
  public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo response) {
    status = response.statusCode();
    total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    return this;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (status != 200) {
      fail(new IOException("HTTP status " + status));
    } else if (total > limit) {
      fail(tooLong());
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (done.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (bytes + buffer.remaining() > limit) {
          fail(tooLong());
          return;
        }
        while (buffer.hasRemaining()) {
          bytes += file.write(buffer);
        }
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void onError(Throwable e) {
    done.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void fail(IOException e) {
    done.completeExceptionally(e);
    subscription.cancel();
  }

  private IOException tooLong() {
    return new IOException("more than %d bytes".formatted(limit));
  }
}
