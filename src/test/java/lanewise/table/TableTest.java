package lanewise.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tables made in Java: checks, copies, splits and hashes. */
class TableTest {
  private static final Table.Numbers A = new Table.Numbers("a", new float[] {1, Float.NaN, 3});
  private static final Table.Texts B =
      new Table.Texts("b", new int[] {1, -1, 0}, List.of("x", "y"));
  private static final Table.Texts LABEL =
      new Table.Texts("l", new int[] {0, 1, 1}, List.of("no", "yes"));

  @Test
  void holdsColumns() {
    Table table = Table.of(List.of(A, B), LABEL);
    assertEquals(3, table.rows());
    assertEquals(List.of(A, B), table.columns());
    assertEquals(LABEL, table.label());
    assertEquals("memory", table.source());
    assertEquals(3, table.line(2));
    assertEquals(List.of("a", "b", "l"), table.origin().header());
    assertNull(Table.of(List.of(A), null).label());
  }

  @Test
  void selectsRows() {
    Table selected = Table.of(List.of(A, B), LABEL).select(new int[] {2, 1, 2});
    assertEquals(
        List.of(
            new Table.Numbers("a", new float[] {3, Float.NaN, 3}),
            new Table.Texts("b", new int[] {0, -1, 0}, List.of("x", "y"))),
        selected.columns());
    assertEquals(new Table.Texts("l", new int[] {1, 1, 1}, List.of("no", "yes")), selected.label());
    assertEquals(3, selected.line(0));
    assertEquals(2, selected.line(1));
    assertEquals(0, selected.select(new int[0]).rows());
    assertThrows(IndexOutOfBoundsException.class, () -> selected.select(new int[] {3}));
    assertThrows(IndexOutOfBoundsException.class, () -> selected.line(-1));
  }

  @Test
  void splitsRowsAtRandomInTheirOrder() {
    float[] values = new float[1000];
    IntStream.range(0, values.length).forEach(i -> values[i] = i);
    Table table = Table.of(List.of(new Table.Numbers("a", values)), null);
    Table.Parts parts = table.split(0.2, 7);
    assertEquals(200, parts.chosen().rows());
    assertEquals(800, parts.rest().rows());
    Set<Integer> all = new HashSet<>();
    for (Table part : List.of(parts.rest(), parts.chosen())) {
      int[] lines = IntStream.range(0, part.rows()).map(part::line).toArray();
      for (int i = 0; i < lines.length; i++) {
        all.add(lines[i]);
        assertEquals(i == 0 ? lines[0] : Math.max(lines[i], lines[i - 1] + 1), lines[i]);
      }
    }
    assertEquals(1000, all.size());
    assertEquals(parts.chosen().sha256(), table.split(0.2, 7).chosen().sha256());
    assertNotEquals(parts.chosen().sha256(), table.split(0.2, 8).chosen().sha256());
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> table.split(share, 1));
    }
    assertRefused(
        "a share of 1.0E-4 of 1000 rows leaves a part without rows", () -> table.split(1e-4, 1));
  }

  @Test
  void theHashIsThatOfTheContent() {
    String hash = Table.of(List.of(A, B), LABEL).sha256();
    assertEquals(64, hash.length());
    int[] lines = {5, 7, 9};
    Table.Origin origin = new Table.Origin("f", List.of("z", "l", "b", "a"), true);
    assertEquals(hash, Table.of(List.of(A, B), LABEL, origin, lines).sha256());
    float otherNone = Float.intBitsToFloat(0x7fc00001);
    Table.Numbers same = new Table.Numbers("a", new float[] {1, otherNone, 3});
    assertEquals(hash, Table.of(List.of(same, B), LABEL).sha256());
    Set<String> hashes = new HashSet<>(Set.of(hash));
    hashes.add(Table.of(List.of(B, A), LABEL).sha256());
    hashes.add(Table.of(List.of(A, B, LABEL), null).sha256());
    hashes.add(Table.of(List.of(A, B), null).sha256());
    hashes.add(Table.of(List.of(A), LABEL).sha256());
    hashes.add(Table.of(List.of(new Table.Numbers("c", A.values()), B), LABEL).sha256());
    hashes.add(
        Table.of(List.of(A, new Table.Texts("b", B.codes(), List.of("x", "z"))), LABEL).sha256());
    hashes.add(Table.of(List.of(A, B), new Table.Numbers("l", new float[3])).sha256());
    hashes.add(Table.of(List.of(A, B), LABEL).select(new int[] {0, 2, 1}).sha256());
    assertEquals(9, hashes.size());
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    assertRefused("no columns, expected at least one", () -> Table.of(List.of(), LABEL));
    assertRefused("names of columns: a twice", () -> Table.of(List.of(A, A), LABEL));
    assertRefused("names of columns: l twice", () -> Table.of(List.of(A, LABEL), LABEL));
    assertRefused("row 1 has no label", () -> Table.of(List.of(A), B));
    assertRefused(
        "column b has 1 rows, not 3",
        () -> Table.of(List.of(A, new Table.Numbers("b", new float[1])), null));
    assertRefused(
        "column a is not in the header",
        () -> Table.of(List.of(A), null, new Table.Origin("f", List.of("b"), true), new int[3]));
    assertRefused(
        "column a, row 1: Infinity is not finite",
        () -> new Table.Numbers("a", new float[] {0, Float.POSITIVE_INFINITY}));
    assertRefused(
        "column a, row 0: code 2, not -1 to 1",
        () -> new Table.Texts("a", new int[] {2}, List.of("x", "y")));
    assertRefused(
        "column a, row 0: code -2, not -1 to 1",
        () -> new Table.Texts("a", new int[] {-2}, List.of("x", "y")));
    assertRefused(
        "values of column a: x twice",
        () -> new Table.Texts("a", new int[] {0}, List.of("x", "x")));
    assertThrows(NullPointerException.class, () -> new Table.Numbers("a", null));
    assertThrows(NullPointerException.class, () -> Table.of(List.of(A), null, null, new int[3]));
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }
}
