package lanewise.data;

/** Told, on the thread that asked for the data, how a download gets on. */
@FunctionalInterface
public interface DownloadProgress {
  /** Hears nothing. */
  DownloadProgress NONE = (file, bytes, total) -> {};

  /**
   * Called a few times a second while a file arrives, and once when it is complete.
   *
   * @param file the name of the file
   * @param bytes received so far
   * @param total of the whole file; -1 as long as the server has not said it
   */
  void progress(String file, long bytes, long total);
}
