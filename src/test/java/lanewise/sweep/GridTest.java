package lanewise.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
  private static String points(String text) throws RunException {
    Grid grid = Grid.parse(text);
    return String.join(
        " ",
        IntStream.range(0, grid.size())
            .mapToObj(point -> String.join("/", grid.values(point)))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "lr=0.1 > 0.1",
        "lr=0.1|0.03 > 0.1 0.03",
        "lr=1|2;seed=1..3 > 1/1 1/2 1/3 2/1 2/2 2/3",
        "seed=1..2;lr=1|2 > 1/1 1/2 2/1 2/2",
        "hidden=256,128|128|none > 256,128 128 none",
        "' lr = 0.1 | 0.03 ; seed = 4..4 ' > 0.1/4 0.03/4",
        "seed=1..3|7|9..10 > 1 2 3 7 9 10",
        "seed=007..009 > 7 8 9",
        "a=1|2;b=1|2;c=1|2 > 1/1/1 1/1/2 1/2/1 1/2/2 2/1/1 2/1/2 2/2/1 2/2/2",
        "train=../a.csv|b.csv > ../a.csv b.csv",
        "label=a=b > a=b",
        "label=a..b > a..b",
        "lr=-1 > -1",
        "lr=0.1..0.5 > 0.1..0.5",
      })
  void pointsAreAllCombinationsTheLastOptionFastest(String text, String expected)
      throws RunException {
    assertEquals(expected, points(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "`` > '' has no values, expected NAME=VALUE|VALUE such as lr=0.1|0.03",
        "lr > 'lr' has no values, expected NAME=VALUE",
        "lr=1; > '' has no values, expected",
        "lr=1;;seed=1 > '' has no values, expected",
        "=1 > '' is not the name of an option, expected",
        "--lr=1 > '--lr' is not the name of an option: leave out the dashes",
        "Lr=1 > 'Lr' is not the name of an option, expected",
        "lr 1=2 > 'lr 1' is not the name of an option, expected",
        "lr= > lr has an empty value in 'lr='",
        "lr=1| > lr has an empty value in 'lr=1|'",
        "lr=|1 > lr has an empty value in 'lr=|1'",
        "lr=1| |2 > lr has an empty value in 'lr=1| |2'",
        "lr=1;seed=1;lr=2 > lr is there twice: join its values by |",
        "lr=1|2|1 > lr has the value '1' twice",
        "seed=1..3|2 > seed has the value '2' twice",
        "seed=5..1 > the range seed=5..1 ends before it begins",
        "seed=1..100001 > more than 100,000 points",
        "seed=0..999999999999999999 > more than 100,000 points",
        "seed=1..1000;batch=1..101 > more than 100,000 points",
        "lr=\u001ba|\u001ba > lr has the value '?a' twice",
      })
  void anErrorQuotesThePlace(String text, String answer) {
    RunException e = assertThrows(RunException.class, () -> Grid.parse(text == null ? "" : text));
    assertEquals("--grid: " + answer, e.getMessage().substring(0, 8 + answer.length()));
  }

  @Test
  void aHundredThousandPointsAreNotTooMany() throws RunException {
    Grid grid = Grid.parse("seed=1..1000;batch=1..100");
    assertEquals(Grid.MAX_POINTS, grid.size());
    assertEquals(List.of("1000", "100"), grid.values(99_999));
    assertThrows(IllegalArgumentException.class, () -> grid.values(100_000));
    assertThrows(IllegalArgumentException.class, () -> grid.values(-1));
  }
}
