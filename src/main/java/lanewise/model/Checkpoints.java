package lanewise.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The two latest checkpoints in a run's directory. */
public final class Checkpoints {
  /** The name of the newest checkpoint. */
  public static final String FILE_NAME = "checkpoint.safetensors";

  /** The name of the checkpoint before the newest. */
  public static final String PREVIOUS_NAME = "checkpoint.previous.safetensors";

  private final Path newest;
  private final Path previous;

  /** Whether to keep the newest file when it is replaced; false if it is damaged. */
  private boolean newestIsGood = true;

  /**
   * Creates nothing on the disk.
   *
   * @param directory must exist when a checkpoint is added
   */
  public Checkpoints(Path directory) {
    this.newest = directory.resolve(FILE_NAME);
    this.previous = directory.resolve(PREVIOUS_NAME);
  }

  /**
   * Adds a checkpoint; the newest so far becomes the previous one.
   *
   * @param checkpoint its parameters must be finite
   * @throws IOException if it cannot be written; the newest so far can then still be read
   */
  public void add(Checkpoint checkpoint) throws IOException {
    checkpoint.write(newest, newestIsGood ? previous : null);
    newestIsGood = true;
  }

  /**
   * Reads the newest checkpoint that is not damaged.
   *
   * @param notice receives a line about a damaged checkpoint, which {@link #add} will not keep
   * @return empty if there is none
   * @throws ModelException if all that exist are damaged
   */
  public Optional<Checkpoint> recover(Consumer<String> notice) throws ModelException {
    List<String> damage = new ArrayList<>();
    for (Path file : Stream.of(newest, previous).filter(Files::exists).toList()) {
      try {
        Checkpoint checkpoint = Checkpoint.read(file);
        if (!damage.isEmpty()) {
          newestIsGood = false;
          notice.accept(
              "%s; continuing from %s, after epoch %d"
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
              + "; there is no other checkpoint: remove the run's files to start over");
    }
    return Optional.empty();
  }
}
