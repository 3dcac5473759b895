package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3",
    "--epoch, --epochs, 1",
    "--epoch, --epsilon, 5",
    "--epcohs, --epochs, 2",
    "saturday, sunday, 3",
  })
  void editsAreCounted(String from, String to, int edits) {
    assertEquals(edits, Spelling.edits(from, to));
    assertEquals(edits, Spelling.edits(to, from));
  }

  @Test
  void theNearestIsFound() {
    assertEquals(
        Optional.of("--epochs"), Spelling.nearest("--epoch", List.of("--epsilon", "--epochs")));
    assertEquals(Optional.of("b"), Spelling.nearest("a", List.of("b", "c")));
    assertEquals(Optional.empty(), Spelling.nearest("a", List.of()));
  }
}
