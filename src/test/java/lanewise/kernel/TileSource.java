package lanewise.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Writes {@code Tile.java}. Register tiles need each accumulator as a local variable of its own,
 * and each tile its own loop; so they are all alike, and long.
 */
final class TileSource {
  private static final int MAX_LINE = 100;

  private static final String HEAD =
      """
      package lanewise.kernel;

      import static lanewise.kernel.Lanes.L;
      import static lanewise.kernel.Lanes.PANEL;
      import static lanewise.kernel.Lanes.SPECIES;

      import jdk.incubator.vector.FloatVector;
      import jdk.incubator.vector.VectorMask;

      /**
       * The micro-kernels: register tiles of some rows of {@code c = a b}, some vectors wide, whose sums
       * stay in registers over the loop along k. Written by {@code TileSource}, a test class; {@code
       * TilesTest} compares, and says how to write it again.
       *
       * <p>Each iteration loads the vectors of b and broadcasts one element of a per row: the taller the
       * tile, the more multiply-adds per load. With 32 registers, fourteen rows by two vectors are 28
       * accumulators, which with b and the broadcast element take 31; with 16 registers, six rows. Tiles
       * whose rows of a lie side by side are eight rows high, or four: higher ones are slower.
       *
       * <p>Accumulators are named locals, and only the Vector API is called: C2 always inlines that, but
       * helper methods only until its inlining budget is used up, and a vector passed to a call that is
       * not inlined is boxed. So each tile repeats the loop. Calling {@link Grey#unit} is fine, as it
       * takes no vector.
       *
       * <p>Row p of b begins at {@code b[bOffset + p * ldb]}; for tiles whose a is transposed, b is a
       * panel: a constant row length makes them a third faster. The sums are stored densely in {@code
       * sums}. In dense tiles, the sums of row i start from those at {@code start[startOffset + i *
       * startRow]}: zeros, or the sums themselves, which resumes the chains and changes no bit.
       */
      final class Tile {
        /**
         * Entries per inner loop over a list. With collectors such as G1, C2 splits long loops in two so
         * that they can reach a safepoint (loop strip mining); a tile then runs out of registers and
         * loses a sixth of its speed. A loop of at most 100 iterations is left whole.
         */
        private static final int RUN = 64;

        private Tile() {}
      """;

  private static final List<String> SUMS = List.of("float[] sums", "int sumsOffset");

  private final StringBuilder text = new StringBuilder(HEAD);

  private TileSource() {}

  static String text() {
    TileSource source = new TileSource();
    source.straight(14, "32 registers: row i of a begins at {@code a[aOffset + i * lda]}");
    source.straight(6, "16 registers: row i of a begins at {@code a[aOffset + i * lda]}");
    source.transposed(8, "32 registers: element (i, p) of a is {@code a[aOffset + p * lda + i]}");
    source.transposed(4, "16 registers: element (i, p) of a is {@code a[aOffset + p * lda + i]}");
    source.edge();
    source.pairs(8, false, "32 registers");
    source.pairs(4, false, "16 registers");
    source.pairs(1, true, "the last columns of b, masked");
    source.row();
    return source.text.append("}\n").toString();
  }

  private void straight(int rows, String use) {
    doc("%d rows by 2 vectors, for %s.".formatted(rows, use));
    method("straight" + rows + "x2", denseParameters("int lda"));
    load(rows, 2);
    line(4, "for (int p = 0; p < k; p++) {");
    line(6, "int bp = bOffset + p * ldb;");
    products(6, rows, 2, "b", i -> "a[aOffset%s + p]".formatted(times(i, "lda")));
    line(4, "}");
    store(rows, 2);
  }

  private void transposed(int rows, String use) {
    doc(
        "%d rows by 2 vectors, for %s. The rows of c become the sums, or {@code fma(-step, sums + 0, c)}."
            .formatted(rows, use));
    List<String> parameters = denseParameters("int lda");
    parameters.remove("int ldb");
    parameters.removeAll(SUMS);
    parameters.addAll(
        List.of("float[] c", "int cOffset", "int ldc", "boolean update", "float step"));
    method("transposed" + rows + "x2", parameters);
    load(rows, 2);
    line(4, "for (int p = 0; p < k; p++) {");
    line(6, "int ap = aOffset + p * lda;");
    line(6, "int bp = bOffset + p * PANEL;");
    products(6, rows, 2, "b", i -> i == 0 ? "a[ap]" : "a[ap + %d]".formatted(i));
    line(4, "}");
    line(4, "if (update) {");
    line(6, "FloatVector n = FloatVector.broadcast(SPECIES, -step);");
    for (int i = 0; i < rows; i++) {
      step(6, i, "cOffset" + times(i, "ldc"), 2, false);
    }
    line(4, "}");
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < 2; v++) {
        line(4, "%s.intoArray(c, %s);", sum(i, v), offset("cOffset" + times(i, "ldc"), v));
      }
    }
    line(2, "}");
  }

  /** Any strides, and any number of rows: those that are not there repeat the last. */
  private void edge() {
    doc(
        "4 rows by 2 vectors, for the remainder: the first {@code rows} of them, 1 to 4; the others"
            + " repeat the last. Element (i, p) of a is {@code a[aOffset + i * aRow + p * aColumn]}.");
    List<String> parameters = new ArrayList<>(List.of("int rows"));
    parameters.addAll(denseParameters("int aRow", "int aColumn"));
    method("edge4x2", parameters);
    for (int i = 1; i < 4; i++) {
      line(4, "int a%d = aOffset + Math.min(%d, rows - 1) * aRow;", i, i);
    }
    load(4, 2);
    line(4, "for (int p = 0; p < k; p++) {");
    line(6, "int ap = p * aColumn;");
    line(6, "int bp = bOffset + p * ldb;");
    products(6, 4, 2, "b", i -> "a[%s + ap]".formatted(i == 0 ? "aOffset" : "a" + i));
    line(4, "}");
    store(4, 2);
  }

  private void pairs(int vectors, boolean masked, String use) {
    doc(
        "2 rows by %d %s over entries {@code from} to {@code to - 1} of a list, for %s. See {@link"
                .formatted(vectors, vectors == 1 ? "vector" : "vectors", use)
            + " NonZeros} for what an entry is. The rows of c begin at c0 and, unless that is"
            + " negative, c1; they become the sums, or {@code fma(-step, sums + 0, c)}.");
    List<String> parameters = new ArrayList<>(List.of("int from", "int to", "int[] entries"));
    parameters.addAll(List.of("float[] b", "int bOffset", "int ldb"));
    if (masked) {
      parameters.add("VectorMask<Float> mask");
    }
    parameters.addAll(List.of("float[] c", "int c0", "int c1", "boolean update", "float step"));
    method("pairs2x" + vectors, parameters);
    zero(2, vectors);
    runs("from", "to");
    line(8, "int entry = entries[run + i];");
    line(8, "int bp = bOffset + (entry >>> 16) * ldb;");
    line(8, "FloatVector x0 = FloatVector.broadcast(SPECIES, Grey.unit(entry));");
    line(8, "FloatVector x1 = FloatVector.broadcast(SPECIES, Grey.unit(entry >>> 8));");
    for (int v = 0; v < vectors; v++) {
      line(8, "FloatVector b%d = %s;", v, vector("b", "bp", v, masked));
      line(8, "c0%d = x0.fma(b%d, c0%d);", v, v, v);
      line(8, "c1%d = x1.fma(b%d, c1%d);", v, v, v);
    }
    endRuns();
    line(4, "if (update) {");
    line(6, "FloatVector n = FloatVector.broadcast(SPECIES, -step);");
    step(6, 0, "c0", vectors, masked);
    line(6, "if (c1 >= 0) {");
    step(8, 1, "c1", vectors, masked);
    line(6, "}");
    line(4, "}");
    String mask = masked ? ", mask" : "";
    for (int v = 0; v < vectors; v++) {
      line(4, "c0%d.intoArray(c, %s%s);", v, offset("c0", v), mask);
    }
    line(4, "if (c1 >= 0) {");
    for (int v = 0; v < vectors; v++) {
      line(6, "c1%d.intoArray(c, %s%s);", v, offset("c1", v), mask);
    }
    line(4, "}");
    line(2, "}");
  }

  private void step(int indent, int row, String at, int vectors, boolean masked) {
    for (int v = 0; v < vectors; v++) {
      String c = sum(row, v);
      line(indent, "%s = n.fma(%s.add(0), %s);", c, c, vector("c", at, v, masked));
    }
  }

  private void row() {
    doc(
        "1 row by 8 vectors over the terms that are listed: p is {@code terms[0]} to {@code"
            + " terms[count - 1]}, and its factor {@code x[xOffset + p]}.");
    method(
        "row1x8",
        List.of(
            "int count",
            "int[] terms",
            "float[] x",
            "int xOffset",
            "float[] b",
            "int bOffset",
            "int ldb",
            "float[] sums",
            "int sumsOffset"));
    zero(1, 8);
    runs("0", "count");
    line(8, "int p = terms[run + i];");
    line(8, "int bp = bOffset + p * ldb;");
    line(8, "FloatVector x0 = FloatVector.broadcast(SPECIES, x[xOffset + p]);");
    for (int v = 0; v < 8; v++) {
      line(8, "c0%d = x0.fma(%s, c0%d);", v, vector("b", "bp", v, false), v);
    }
    endRuns();
    store(1, 8);
  }

  private static List<String> denseParameters(String... strides) {
    List<String> parameters = new ArrayList<>(List.of("int k", "float[] a", "int aOffset"));
    parameters.addAll(List.of(strides));
    parameters.addAll(
        List.of(
            "float[] b",
            "int bOffset",
            "int ldb",
            "float[] start",
            "int startOffset",
            "int startRow"));
    parameters.addAll(SUMS);
    return parameters;
  }

  private void runs(String from, String to) {
    line(4, "for (int run = %s; run < %s; run += RUN) {", from, to);
    line(6, "int length = Math.min(RUN, %s - run);", to);
    line(6, "for (int i = 0; i < length; i++) {");
  }

  private void endRuns() {
    line(6, "}");
    line(4, "}");
  }

  private void products(int indent, int rows, int vectors, String b, IntFunction<String> element) {
    for (int v = 0; v < vectors; v++) {
      line(indent, "FloatVector b%d = %s;", v, vector(b, "bp", v, false));
    }
    for (int i = 0; i < rows; i++) {
      line(indent, "FloatVector x%d = FloatVector.broadcast(SPECIES, %s);", i, element.apply(i));
      for (int v = 0; v < vectors; v++) {
        line(indent, "%s = x%d.fma(b%d, %s);", sum(i, v), i, v, sum(i, v));
      }
    }
  }

  private void load(int rows, int vectors) {
    for (int i = 0; i < rows; i++) {
      String row = times(i, "startRow");
      for (int v = 0; v < vectors; v++) {
        line(4, "FloatVector %s = %s;", sum(i, v), vector("start", "startOffset" + row, v, false));
      }
    }
  }

  private void zero(int rows, int vectors) {
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < vectors; v++) {
        line(4, "FloatVector %s = FloatVector.zero(SPECIES);", sum(i, v));
      }
    }
  }

  private void store(int rows, int vectors) {
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < vectors; v++) {
        line(4, "%s.intoArray(sums, %s);", sum(i, v), offset("sumsOffset", i * vectors + v));
      }
    }
    line(2, "}");
  }

  private static String vector(String array, String offset, int v, boolean masked) {
    return "FloatVector.fromArray(SPECIES, %s, %s%s)"
        .formatted(array, offset(offset, v), masked ? ", mask" : "");
  }

  private static String offset(String base, int vectors) {
    return base + times(vectors, "L");
  }

  private static String times(int factor, String unit) {
    return factor == 0 ? "" : factor == 1 ? " + " + unit : " + %d * %s".formatted(factor, unit);
  }

  private static String sum(int row, int vector) {
    return "c" + Integer.toString(row, 16) + vector;
  }

  /** A Javadoc comment, wrapped as the formatter does. */
  private void doc(String sentence) {
    text.append('\n');
    String single = "  /** " + sentence + " */";
    if (single.length() <= MAX_LINE) {
      text.append(single).append('\n');
      return;
    }
    line(2, "/**");
    StringBuilder line = new StringBuilder("   *");
    for (String word : sentence.split(" ")) {
      if (line.length() + 1 + word.length() > MAX_LINE) {
        text.append(line).append('\n');
        line = new StringBuilder("   *");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
    line(2, " */");
  }

  private void method(String name, List<String> parameters) {
    line(2, "static void %s(", name);
    line(6, "%s) {", String.join(",\n      ", parameters));
  }

  private void line(int indent, String format, Object... values) {
    text.append(" ".repeat(indent)).append(format.formatted(values)).append('\n');
  }
}
