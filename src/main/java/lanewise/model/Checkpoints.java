package lanewise.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The two latest checkpoints of a run, in its directory. */
public final class Checkpoints {
  /** The name of the newest. */
  public static final String FILE_NAME = "checkpoint.safetensors";

  /** The name of the one before. */
  public static final String PREVIOUS_NAME = "checkpoint.previous.safetensors";

  private final Path newest;
  private final Path previous;

  /** Whether the newest file deserves to be kept when another takes its place. */
  private boolean newestIsGood = true;

  /**
   * @param directory exists when something is written
   */
  public Checkpoints(Path directory) {
    this.newest = directory.resolve(FILE_NAME);
    this.previous = directory.resolve(PREVIOUS_NAME);
  }

  /**
   * Adds one; the newest so far becomes the one before.
   *
   * @throws IOException if it cannot be written; what was the newest can still be read then
   */
  public void add(Checkpoint checkpoint) throws IOException {
    checkpoint.write(newest, newestIsGood ? previous : null);
    newestIsGood = true;
  }

  /** Removes both. */
  public void discard() throws IOException {
    Files.deleteIfExists(newest);
    Files.deleteIfExists(previous);
  }

  /**
   * The newest that can be read.
   *
   * @param notice told in a line of a damaged one, which {@link #add} will not keep
   * @return empty if there is none
   * @throws ModelException if there are some and none can be read
   */
  public Optional<Checkpoint> recover(Consumer<String> notice) throws ModelException {
    List<String> damage = new ArrayList<>();
    for (Path file : Stream.of(newest, previous).filter(Files::exists).toList()) {
      try {
        Checkpoint checkpoint = Checkpoint.read(file);
        if (!damage.isEmpty()) {
          newestIsGood = false;
          notice.accept(
              "%s; the run goes on from %s, after epoch %d"
                  .formatted(damage.get(0), PREVIOUS_NAME, checkpoint.epoch()));
        }
        return Optional.of(checkpoint);
      } catch (ModelException e) {
        damage.add(e.getMessage());
      }
    }
    if (!damage.isEmpty()) {
      throw new ModelException(
          String.join("; ", damage)
              + "; no other checkpoint is left: remove what there is to start over");
    }
    return Optional.empty();
  }
}
