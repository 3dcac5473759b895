package lanewise.run;

import java.util.Locale;
import java.util.Optional;

/**
 * How the training of a run ended.
 *
 * @param cause why it ended
 * @param epochs completed ones
 * @param kept the epoch whose weights are kept; 0 for the initial ones
 */
public record Ending(Cause cause, int epochs, int kept) {
  /** Reasons to end. */
  public enum Cause {
    /** All epochs are complete. */
    EPOCHS,
    /** The validation loss had not become lower for some epochs. */
    EARLY_STOP,
    /** An accuracy was reached. */
    TARGET_ACCURACY;

    /** Returns the name in lower case, such as {@code early-stop}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether the weights are those of the last epoch. */
  boolean keepsLast() {
    return kept == epochs;
  }

  /**
   * What a user may not expect: that epochs are missing, or that the weights are not those of the
   * last epoch.
   */
  Optional<String> sentence(Recipe recipe) {
    String stopped = "Stopped after epoch %d of %d: ".formatted(epochs, recipe.epochs());
    return switch (cause) {
      case EPOCHS ->
          keepsLast()
              ? Optional.empty()
              : Optional.of(
                  "The weights of epoch %d of %d are kept: no later epoch had a lower validation loss"
                      .formatted(kept, epochs));
      case EARLY_STOP ->
          Optional.of(
              "%sno better validation loss since epoch %d, whose weights are kept"
                  .formatted(stopped, kept));
      case TARGET_ACCURACY ->
          Optional.of(
              "%sthe %s accuracy reached %s%s"
                  .formatted(
                      stopped,
                      recipe.stopping().validates() ? "validation" : "training",
                      recipe.stopping().targetAccuracy().orElseThrow(),
                      keepsLast()
                          ? ""
                          : "; the weights of epoch %d are kept, whose validation loss is lower"
                              .formatted(kept)));
    };
  }
}
