package lanewise.data;

/** Receives the progress of a download, on the thread that requested the data. */
@FunctionalInterface
public interface DownloadProgress {
  /** Ignores the progress. */
  DownloadProgress NONE = (file, bytes, total) -> {};

  /**
   * Called a few times per second while a file arrives, and once when it is complete.
   *
   * @param file name of the file
   * @param bytes received so far
   * @param total size of the file in bytes; -1 if the server has not sent it
   */
  void progress(String file, long bytes, long total);
}
