package lanewise.run;

/** Follows the reading of a data set, on the thread that reads it. */
public interface DataListener {
  /**
   * Called a few times a second during a download, and once at the end of each file.
   *
   * @param file the file's name
   * @param bytes received so far
   * @param total size of the whole file; -1 if unknown
   */
  default void onDownload(String file, long bytes, long total) {}

  /** Something that the user must know, as one sentence. */
  default void onWarning(String sentence) {}
}
