package lanewise.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What is asked of the disk, as the JVM's flight recorder sees it: writes and flushes. */
public final class DiskEvents {
  private static final List<String> KINDS = List.of("jdk.FileWrite", "jdk.FileForce");

  private DiskEvents() {}

  /** Something that writes files. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Records what is done to the files in a directory and to the directory itself, on all threads.
   *
   * @return in order, such as "write history.csv" and "flush history.csv"; a temporary file of
   *     {@link AtomicFile} is "temporary", the directory "directory". Several writes to a file, one
   *     after the other, are one.
   */
  public static List<String> of(Path directory, Work work) throws IOException {
    Path file = Files.createTempFile("events", ".jfr");
    try (Recording recording = new Recording()) {
      KINDS.forEach(kind -> recording.enable(kind).withoutThreshold().with("throttle", "off"));
      recording.start();
      try {
        work.run();
      } finally {
        recording.stop();
        recording.dump(file);
      }
      return lines(directory, RecordingFile.readAllEvents(file));
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> lines(Path directory, List<RecordedEvent> events) {
    List<String> lines = new ArrayList<>();
    events.stream()
        .filter(event -> KINDS.contains(event.getEventType().getName()))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .forEach(
            event -> {
              Path path = Path.of(event.getString("path"));
              if (!path.startsWith(directory)) {
                return;
              }
              String name = path.equals(directory) ? "directory" : path.getFileName().toString();
              String kind = event.getEventType().getName().equals(KINDS.get(0)) ? "write" : "flush";
              String line = kind + " " + (AtomicFile.isTemporary(path) ? "temporary" : name);
              if (!kind.equals("write") || lines.isEmpty() || !lines.getLast().equals(line)) {
                lines.add(line);
              }
            });
    return lines;
  }
}
